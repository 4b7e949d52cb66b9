using CorpSecure.Ledger;
using CorpSecure.Ledger.Lanes;

namespace CorpSecure.Gateway.Decisions;

/// <summary>Two lanes: one of signed requests, one of all other decisions and of outcomes, so that these never wait for what a signed request may wait for.</summary>
public sealed class DecisionLanes : IAsyncDisposable
{
    private readonly LaneCommitter<PendingEntry> signed;
    private readonly LaneCommitter<PendingEntry> plain;

    public DecisionLanes(LedgerDatabase database, LedgerOptions options, TimeProvider clock, ILogger<DecisionLanes> logger)
    {
        signed = new(database.Source, $"{options.Replica}/signed", new SpentIds(options.Replica), options, clock, logger);
        plain = new(database.Source, $"{options.Replica}/decisions", new SpentIds(options.Replica), options, clock, logger);
        QueueCapacity = 2 * options.QueueLength;
    }

    public int QueueDepth => signed.QueueDepth + plain.QueueDepth;

    public int QueueCapacity { get; }

    /// <summary>Entries whose commit may or may not have been made; the next epoch marks them.</summary>
    public int InDoubt => signed.InDoubt + plain.InDoubt;

    public bool IsAvailable => signed.IsAvailable && plain.IsAvailable;

    /// <summary>Completes when the entry is durable.</summary>
    /// <exception cref="LedgerUnavailableException">It is not durable, or that cannot be known.</exception>
    public Task CommitAsync(PendingEntry entry) => (entry is PendingDecision { IsSigned: true } ? signed : plain).CommitAsync(entry);

    public async ValueTask DisposeAsync()
    {
        await signed.DisposeAsync();
        await plain.DisposeAsync();
    }
}
