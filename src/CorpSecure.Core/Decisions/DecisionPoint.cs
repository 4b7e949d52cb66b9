using System.Collections.Immutable;
using CorpSecure.Core.Checks;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;

namespace CorpSecure.Core.Decisions;

/// <summary>Facts in, decision out. No clock, no randomness, no I/O: the same facts always give the same decision.</summary>
public sealed class DecisionPoint
{
    private const Stage Last = Stage.Body;

    private readonly Policy policy;
    private readonly ImmutableArray<ICheck>[] byStage;

    public DecisionPoint(Policy policy)
        : this(policy, CheckCatalog.All)
    {
    }

    /// <summary>Other checks than the catalog's; only tests have a use for that.</summary>
    internal DecisionPoint(Policy policy, ImmutableArray<ICheck> checks)
    {
        this.policy = policy;
        byStage = [.. Enum.GetValues<Stage>().Select(stage => checks.Where(check => check.Stage == stage).ToImmutableArray())];
    }

    public Policy Policy => policy;

    /// <summary>Decides on whole facts, as a replay does: every stage in order, up to the first Deny.</summary>
    /// <remarks>Facts that end before the last stage without a Deny are not whole: nothing is allowed on them.</remarks>
    public Decision Decide(Facts facts)
    {
        Decision? decision = null;
        for (var stage = Stage.Shape; stage <= facts.Reached; stage++)
        {
            decision = Extend(decision, stage, facts);
            if (decision.Verdict == Verdict.Deny)
                return decision;
        }

        return facts.Reached == Last ? decision! : decision!.Denied(Reasons.NoFinding);
    }

    /// <summary>Carries a decision through one more stage. Within it the lowest verdict wins; nothing ever raises one.</summary>
    public Decision Extend(Decision? soFar, Stage stage, Facts facts)
    {
        Finding? lowest = null;
        var objections = soFar?.Reasons ?? [];
        foreach (var check in byStage[(int)stage])
        {
            var finding = check.Examine(facts, policy);
            if (finding.Verdict != Verdict.Allow)
                objections = objections.Add(finding.Reason);
            if (lowest is null || finding.Verdict < lowest.Verdict)
                lowest = finding;
        }

        lowest ??= Finding.Deny(Reasons.NoFinding);
        return soFar is not null && soFar.Verdict <= lowest.Verdict
            ? soFar with { Reasons = objections, Reached = stage }
            : new Decision(lowest.Verdict, lowest.Reason, objections, stage, policy.Version);
    }

    /// <summary>A proof or a nonce seen before turns the decision into a denial, whatever it was; in the order in which they are asked for.</summary>
    public static Decision Settle(Decision decision, Reservation reservation)
    {
        if (reservation.ProofSpent is false)
            decision = decision.Denied(Reasons.DpopReplayed);
        return reservation.NonceSpent is false ? decision.Denied(Reasons.NonceReplayed) : decision;
    }
}
