using CorpSecure.Ledger.Entries;
using Microsoft.Extensions.Logging;

namespace CorpSecure.Ledger.Lanes;

/// <summary>Appends entries that need no reservation: outcomes, refusals, sign-ins.</summary>
public sealed class LaneWriter(LedgerDatabase database, LedgerOptions options, string name, TimeProvider clock, ILogger<LaneWriter> logger) : IAsyncDisposable
{
    private readonly LaneCommitter<EntryDraft> committer =
        new(database.Source, $"{options.Replica}/{name}", new PlainEntries(), options, clock, logger);

    public int QueueDepth => committer.QueueDepth;

    public bool IsAvailable => committer.IsAvailable;

    /// <summary>Entries whose commit may or may not have been made.</summary>
    public int InDoubt => committer.InDoubt;

    /// <summary>Completes when the entry is durable.</summary>
    /// <exception cref="LedgerUnavailableException">It is not durable, or that cannot be known.</exception>
    public Task AppendAsync(EntryDraft draft) => committer.CommitAsync(draft);

    public ValueTask DisposeAsync() => committer.DisposeAsync();
}
