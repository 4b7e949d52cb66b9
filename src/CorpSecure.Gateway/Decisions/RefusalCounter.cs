using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Ledger;
using CorpSecure.Ledger.Entries;
using CorpSecure.Ledger.Lanes;
using CorpSecure.Ledger.Sealing;
using Microsoft.Extensions.DependencyInjection;

namespace CorpSecure.Gateway.Decisions;

/// <summary>Refusals of strangers, and of those who ask too much, and reads of what is public, counted by the second, so that a flood cannot write the log full. A crash may lose the last second.</summary>
public sealed partial class RefusalCounter(
    [FromKeyedServices(RefusalCounter.Lane)] LaneWriter lane, SubjectVault vault, LedgerOptions options, TimeProvider clock, ILogger<RefusalCounter> logger)
    : BackgroundService
{
    public const string Lane = "refusals";
    public const int KeysPerSecond = 1000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly SemaphoreSlim writing = new(1);
    private readonly List<RefusalBucket> unwritten = [];
    private Dictionary<RefusalKey, RefusalBucket> current = [];

    /// <summary>Counts a refusal, or an allowed read of what is public.</summary>
    /// <returns>The id of the entry it is counted in, which the caller is told.</returns>
    public Guid Count(Facts facts, Decision decision)
    {
        var key = RefusalKey.Of(facts, decision);
        lock (gate)
        {
            if (!current.TryGetValue(key, out var bucket))
            {
                if (current.Count >= KeysPerSecond)
                    key = RefusalKey.Overflow;
                if (!current.TryGetValue(key, out bucket))
                    current.Add(key, bucket = new RefusalBucket(key, key == RefusalKey.Overflow ? default : RefusalKey.AddressOf(facts), facts.DecisionId, facts.At, decision.PolicyVersion));
            }

            bucket.Add(facts.At);
            return bucket.Id;
        }
    }

    /// <summary>Writes what has been counted. What cannot be written now is kept for the next time, within bounds.</summary>
    public async Task FlushAsync()
    {
        await writing.WaitAsync();
        try
        {
            Collect();
            if (unwritten.Count > 0)
                await WriteAsync();
        }
        catch (LedgerUnavailableException error)
        {
            LogKept(unwritten.Count, error.Message);
        }
        finally
        {
            writing.Release();
        }
    }

    public override void Dispose()
    {
        writing.Dispose();
        base.Dispose();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await FlushAsync();
    }

    private void Collect()
    {
        lock (gate)
        {
            unwritten.AddRange(current.Values);
            current = [];
        }

        var lost = unwritten.Count - 60 * KeysPerSecond;
        if (lost <= 0)
            return;
        LogLost(lost);
        unwritten.RemoveRange(0, lost);
    }

    /// <summary>In parts that the lane's queue can take; each entry that is durable is forgotten, whatever becomes of the others.</summary>
    private async Task WriteAsync()
    {
        while (unwritten.Count > 0)
        {
            var part = unwritten.Take(KeysPerSecond).ToArray();
            var drafts = new EntryDraft[part.Length];
            for (var i = 0; i < part.Length; i++)
                drafts[i] = part[i].Draft(await CipherAsync(part[i].Key), options.Replica);
            var appends = Array.ConvertAll(drafts, lane.AppendAsync);
            await Task.WhenAll(appends).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var durable = part.Where((_, i) => appends[i].IsCompletedSuccessfully).ToHashSet();
            unwritten.RemoveAll(durable.Contains);
            if (durable.Count < part.Length)
                await Task.WhenAll(appends); // throws why
        }
    }

    /// <summary>Someone known has a key of their own, strangers have one for each day.</summary>
    private ValueTask<SubjectCipher> CipherAsync(RefusalKey key) => key.IsKnown
        ? vault.ForAsync(key.Client.Length > 0 ? key.Client : "bank", key.Subject, CancellationToken.None)
        : vault.ForAsync("strangers", $"{clock.GetUtcNow():yyyy-MM-dd}", CancellationToken.None);

    [LoggerMessage(2201, LogLevel.Warning, "{Count} counts of refusals wait to be recorded: {Error}")]
    private partial void LogKept(int count, string error);

    [LoggerMessage(2202, LogLevel.Error, "{Count} counts of refusals were lost: the ledger has been away too long")]
    private partial void LogLost(int count);
}
