using CorpSecure.Ledger.Entries;
using Npgsql;

namespace CorpSecure.Ledger.Lanes;

/// <summary>One connection, one epoch, one transaction at a time.</summary>
/// <remarks>
/// After any error whose outcome is not certain the epoch is given up: the next one waits for the row lock of a
/// commit still in flight, and opens where that one left the lane.
/// </remarks>
internal sealed class LaneTransaction<TItem>(NpgsqlDataSource database, string lane, ILaneWork<TItem> work, LedgerOptions options) : IAsyncDisposable
{
    private NpgsqlConnection? connection;
    private LanePosition? position;
    private long lastUsed;

    /// <summary>Entries sent to be committed whose fate was not learned; to be marked in the next epoch.</summary>
    public List<Guid> InDoubt { get; } = [];

    public async Task CommitAsync(ArraySegment<TItem> items, Func<Guid, EntryDraft> abandoned, CancellationToken cancellation)
    {
        var from = await OpenAsync(cancellation);
        var reserved = await ReserveAsync(items, cancellation);

        var drafts = new List<EntryDraft>(InDoubt.Count + items.Count);
        drafts.AddRange(InDoubt.Select(abandoned));
        drafts.AddRange(items.Select(work.Record));
        var chained = from.Chain(drafts);

        await using var record = new NpgsqlBatch(connection);
        LaneSql.Append(record, from, chained);
        if (reserved)
            record.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        try
        {
            await record.ExecuteNonQueryAsync(cancellation);
        }
        catch (Exception error) when (error is not PostgresException { InvariantSeverity: "ERROR" })
        {
            // An ERROR has rolled back for certain. A FATAL one may come between the commit and its acknowledgement.
            InDoubt.AddRange(drafts.Skip(InDoubt.Count).Select(draft => draft.Id));
            throw;
        }

        InDoubt.Clear();
        position = from.After(chained);
    }

    /// <summary>The server refused a statement: the transaction is gone for certain, the epoch stands.</summary>
    public async Task RollBackAsync(CancellationToken cancellation)
    {
        if (connection is null)
            return;
        await using var command = new NpgsqlCommand("rollback", connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Gives up connection and epoch.</summary>
    public async ValueTask ResetAsync()
    {
        position = null;
        if (connection is { } lost)
        {
            connection = null;
            NpgsqlConnection.ClearPool(lost);
            await lost.DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => ResetAsync();

    private async Task<LanePosition> OpenAsync(CancellationToken cancellation)
    {
        if (connection is not null && options.Machine.GetElapsedTime(lastUsed) >= options.TryAfter && !await IsAliveAsync(connection, cancellation))
            await ResetAsync(); // nothing was under way on it, so nothing is in doubt
        lastUsed = options.Machine.GetTimestamp();
        connection ??= await database.OpenConnectionAsync(cancellation);
        return position ??= await LaneSql.OpenEpochAsync(connection, lane, cancellation);
    }

    private static async Task<bool> IsAliveAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        try
        {
            await using var command = new NpgsqlCommand("select 1", connection);
            await command.ExecuteScalarAsync(cancellation);
            return true;
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException)
        {
            return false; // that is the answer; why, the next attempt to connect will tell
        }
    }

    private async Task<bool> ReserveAsync(ArraySegment<TItem> items, CancellationToken cancellation)
    {
        if (work.Reserve(items) is not { } command)
            return false;
        await using var reserve = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand("begin"), command } };
        await using var reader = await reserve.ExecuteReaderAsync(cancellation);
        await work.SettleAsync(reader, items, cancellation);
        return true;
    }
}
