using System.Threading.Channels;
using CorpSecure.Ledger.Entries;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CorpSecure.Ledger.Lanes;

/// <summary>Group commit: takes what waits through one transaction, so one fsync serves many.</summary>
/// <remarks>
/// While a commit is under way the next batch gathers by itself; a lone item never waits for company. Where many come, a short wait
/// makes few transactions of them, which is most of what an entry costs.
/// </remarks>
public sealed partial class LaneCommitter<TItem> : IAsyncDisposable
{
    /// <summary>A batch of this size shows that more is on its way.</summary>
    private const int Crowd = 4;

    /// <summary>So many times the gather time is the longest wait, after a batch of so many crowds.</summary>
    private const int LongestWait = 4;

    private readonly Channel<Waiter> queue;
    private readonly LaneTransaction<TItem> transaction;
    private readonly string lane;
    private readonly int batchSize;
    private readonly TimeSpan gatherTime;
    private readonly TimeProvider machine;
    private long committed; // when, by the machine's time
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly Task loop;
    private readonly KeyValuePair<string, object?> label;

    public LaneCommitter(
        NpgsqlDataSource database, string lane, ILaneWork<TItem> work, LedgerOptions options, TimeProvider clock, ILogger logger)
    {
        this.lane = lane;
        this.clock = clock;
        this.logger = logger;
        batchSize = options.BatchSize;
        gatherTime = options.GatherTime;
        machine = options.Machine;
        label = new("lane", lane[(lane.IndexOf('/') + 1)..]);
        queue = Channel.CreateBounded<Waiter>(new BoundedChannelOptions(options.QueueLength) { SingleReader = true });
        transaction = new LaneTransaction<TItem>(database, lane, work, options);
        loop = Task.Run(RunAsync);
    }

    /// <summary>Items that wait for a transaction.</summary>
    public int QueueDepth => queue.Reader.Count;

    /// <summary>Entries whose commit may or may not have been made.</summary>
    public int InDoubt => transaction.InDoubt.Count;

    /// <summary>The last transaction was not given up.</summary>
    public bool IsAvailable { get; private set; } = true;

    /// <summary>Completes when the item's entry is durable.</summary>
    /// <exception cref="LedgerUnavailableException">It is not durable, or that cannot be known.</exception>
    public Task CommitAsync(TItem item)
    {
        var waiter = new Waiter(item);
        return queue.Writer.TryWrite(waiter)
            ? waiter.Task
            : Task.FromException(new LedgerUnavailableException($"lane {lane}: the queue is full"));
    }

    /// <summary>Finishes what waits, takes nothing more.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        await transaction.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var batch = new List<Waiter>(batchSize);
        while (await queue.Reader.WaitToReadAsync())
        {
            // Only right after a crowd: what comes later comes alone.
            if (batch.Count >= Crowd && machine.GetElapsedTime(committed) < gatherTime && queue.Reader.Count < batchSize)
                await Task.Delay(gatherTime * Math.Min(batch.Count / Crowd, LongestWait), machine);
            batch.Clear();
            while (batch.Count < batchSize && queue.Reader.TryRead(out var waiter))
                batch.Add(waiter);
            await CommitAsync(batch.ToArray());
        }
    }

    private async Task CommitAsync(ArraySegment<Waiter> batch)
    {
        try
        {
            LedgerMeter.BatchSize.Record(batch.Count, label);
            await transaction.CommitAsync(batch.Select(waiter => waiter.Item).ToArray(), Abandoned, CancellationToken.None);
            IsAvailable = true;
            committed = machine.GetTimestamp();
            foreach (var waiter in batch)
                waiter.SetResult();
        }
        catch (PostgresException error) when (IsFaultOfARow(error))
        {
            await SplitAsync(batch, error);
        }
        catch (Exception error)
        {
            await GiveUpAsync(batch, error);
        }
    }

    /// <summary>The loop outlives whatever the connection does on its way out: nobody who comes later may wait for ever.</summary>
    private async Task GiveUpAsync(ArraySegment<Waiter> batch, Exception error)
    {
        LogEpochGivenUp(lane, batch.Count, error);
        IsAvailable = false;
        Fail(batch, error);
        try
        {
            await transaction.ResetAsync();
        }
        catch (Exception lost)
        {
            LogConnectionLost(lane, lost);
        }
    }

    /// <summary>Bisects, so that a poisonous row refuses only itself.</summary>
    private async Task SplitAsync(ArraySegment<Waiter> batch, PostgresException error)
    {
        try
        {
            await transaction.RollBackAsync(CancellationToken.None);
        }
        catch (Exception lost)
        {
            await GiveUpAsync(batch, lost);
            return;
        }

        if (batch.Count == 1)
        {
            LogRowRefused(lane, error.SqlState);
            Fail(batch, error);
            return;
        }

        var half = batch.Count / 2;
        await CommitAsync(batch[..half]);
        await CommitAsync(batch[half..]);
    }

    // 22 data, 23 constraint, 40 serialization and deadlock, 54 program limit. Not a lock time-out: each half would wait for it again.
    private static bool IsFaultOfARow(PostgresException error) => error.SqlState[..2] is "22" or "23" or "40" or "54";

    private EntryDraft Abandoned(Guid id) =>
        new(id, EntryKind.Abandoned, clock.GetUtcNow(), "{\"state\":\"never-forwarded\"}"u8.ToArray());

    private void Fail(ArraySegment<Waiter> batch, Exception cause)
    {
        foreach (var waiter in batch)
            waiter.SetException(new LedgerUnavailableException($"lane {lane}: {cause.GetType().Name}", cause));
    }

    [LoggerMessage(1001, LogLevel.Error, "Lane {Lane}: epoch given up with {Waiting} entries undecided")]
    private partial void LogEpochGivenUp(string lane, int waiting, Exception error);

    [LoggerMessage(1002, LogLevel.Error, "Lane {Lane}: an entry was refused by the database, SQLSTATE {SqlState}")]
    private partial void LogRowRefused(string lane, string sqlState);

    [LoggerMessage(1003, LogLevel.Warning, "Lane {Lane}: the connection that was given up broke while closing")]
    private partial void LogConnectionLost(string lane, Exception error);

    private sealed class Waiter(TItem item) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TItem Item => item;
    }
}
