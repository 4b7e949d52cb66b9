using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;

namespace CorpSecure.Benchmarks.Commit;

/// <summary>The yardstick: the same columns with the same bytes, by binary COPY into the same tables, one transaction per batch, one connection.</summary>
/// <remarks>It reserves, settles, hashes and seals nothing, and its rows are made before the clock starts.</remarks>
/// <param name="partitions">Name the day's partitions themselves: no row is routed and no trigger of the table runs.</param>
internal sealed class CopyLoad(NpgsqlConnection connection, int batchSize, bool partitions) : IAsyncDisposable
{
    private readonly string lane = partitions ? "gateway-1/leaved" : "gateway-1/copied"; // as long as the committer's
    private long counter;

    public async Task OpenLaneAsync(CancellationToken cancellation)
    {
        await using var open = new NpgsqlCommand("select ledger.open_epoch($1)", connection) { Parameters = { new() { Value = lane } } };
        await open.ExecuteNonQueryAsync(cancellation);
    }

    /// <returns>Rows of entries copied per second.</returns>
    public double Run(IReadOnlyList<WrittenEntry> written)
    {
        var at = TimeProvider.System.GetUtcNow();
        var batches = written.Select(entry => Fresh(entry, at)).Chunk(batchSize).ToArray();
        var started = TimeProvider.System.GetTimestamp();
        foreach (var batch in batches)
            Copy(batch, partitions ? $"{at.UtcDateTime:'_'yyyyMMdd}" : "");
        return written.Count / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static WrittenEntry Fresh(WrittenEntry entry, DateTimeOffset at) => entry with
    {
        At = at.UtcDateTime,
        Id = Guid.CreateVersion7(at),
        NonceDate = DateOnly.FromDateTime(at.UtcDateTime),
        Nonce = RandomNumberGenerator.GetBytes(entry.Nonce.Length),
    };

    private void Copy(WrittenEntry[] batch, string day)
    {
        using var transaction = connection.BeginTransaction();
        using (var copy = connection.BeginBinaryImport($"copy decisions.nonces{day} (created_on, digest, decision_id) from stdin binary"))
        {
            foreach (var entry in batch)
            {
                copy.StartRow();
                copy.Write(entry.NonceDate, NpgsqlDbType.Date);
                copy.Write(entry.Nonce, NpgsqlDbType.Bytea);
                copy.Write(entry.Id, NpgsqlDbType.Uuid);
            }

            copy.Complete();
        }

        using (var copy = connection.BeginBinaryImport(
            $"copy ledger.entries{day} (lane, epoch, counter, kind, at, id, predecessor, hash, payload, subject_key, sealed) from stdin binary"))
        {
            foreach (var entry in batch)
                WriteEntry(copy, entry);
            copy.Complete();
        }

        using (var copy = connection.BeginBinaryImport($"copy ledger.tags{day} (tag, at, id) from stdin binary"))
        {
            foreach (var entry in batch)
            {
                copy.StartRow();
                copy.Write(entry.Tag, NpgsqlDbType.Bytea);
                copy.Write(entry.At, NpgsqlDbType.TimestampTz);
                copy.Write(entry.Id, NpgsqlDbType.Uuid);
            }

            copy.Complete();
        }

        transaction.Commit();
    }

    private void WriteEntry(NpgsqlBinaryImporter copy, WrittenEntry entry)
    {
        copy.StartRow();
        copy.Write(lane, NpgsqlDbType.Text);
        copy.Write(1L, NpgsqlDbType.Bigint);
        copy.Write(++counter, NpgsqlDbType.Bigint);
        copy.Write(entry.Kind, NpgsqlDbType.Smallint);
        copy.Write(entry.At, NpgsqlDbType.TimestampTz);
        copy.Write(entry.Id, NpgsqlDbType.Uuid);
        copy.Write(entry.Predecessor, NpgsqlDbType.Bytea);
        copy.Write(entry.Hash, NpgsqlDbType.Bytea);
        copy.Write(entry.Payload, NpgsqlDbType.Json);
        copy.Write(entry.SubjectKey, NpgsqlDbType.Uuid);
        copy.Write(entry.Sealed, NpgsqlDbType.Bytea);
    }
}
