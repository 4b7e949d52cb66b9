using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;

namespace CorpSecure.Benchmarks.Commit;

/// <summary>The yardstick: the same columns with the same bytes, by binary COPY into the same tables, one transaction per batch, one connection.</summary>
/// <remarks>It reserves, settles, hashes and seals nothing, and its rows are made before the clock starts.</remarks>
internal sealed class CopyLoad(NpgsqlDataSource source, int batchSize) : IAsyncDisposable
{
    private const string Lane = "gateway-1/copied"; // as long as the committer's
    private const string Entries = "copy ledger.entries (lane, epoch, counter, kind, at, id, predecessor, hash, payload, subject_key, sealed) from stdin binary";
    private const string Nonces = "copy decisions.nonces (created_on, digest, decision_id) from stdin binary";
    private const string Tags = "copy ledger.tags (tag, at, id) from stdin binary";

    private readonly NpgsqlConnection connection = source.OpenConnection();
    private long counter;

    /// <returns>Rows of entries copied per second.</returns>
    public double Run(IReadOnlyList<WrittenEntry> written)
    {
        var at = TimeProvider.System.GetUtcNow();
        var batches = written.Select(entry => Fresh(entry, at)).Chunk(batchSize).ToArray();
        var started = TimeProvider.System.GetTimestamp();
        foreach (var batch in batches)
            Copy(batch);
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

    private void Copy(WrittenEntry[] batch)
    {
        using var transaction = connection.BeginTransaction();
        using (var copy = connection.BeginBinaryImport(Nonces))
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

        using (var copy = connection.BeginBinaryImport(Entries))
        {
            foreach (var entry in batch)
                WriteEntry(copy, entry);
            copy.Complete();
        }

        using (var copy = connection.BeginBinaryImport(Tags))
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
        copy.Write(Lane, NpgsqlDbType.Text);
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
