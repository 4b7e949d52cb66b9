using CorpSecure.Ledger.Entries;

namespace CorpSecure.Gateway.Decisions;

/// <summary>What is on its way into a lane of decisions: a decision, or the outcome of one.</summary>
public abstract class PendingEntry
{
    public abstract Guid DecisionId { get; }

    /// <summary>What it uses up; most often nothing or one.</summary>
    public virtual IReadOnlyList<SpentId> Spends => [];

    /// <param name="isFirst">Whether this entry is the one that spent the id.</param>
    public virtual void Settle(Func<SpentId, bool> isFirst)
    {
    }

    public abstract EntryDraft Draft(string replica);
}

public sealed class PendingOutcome(EntryDraft draft) : PendingEntry
{
    public override Guid DecisionId => draft.Id;

    public override EntryDraft Draft(string replica) => draft;
}
