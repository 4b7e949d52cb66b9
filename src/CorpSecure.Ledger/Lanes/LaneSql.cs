using System.Text;
using CorpSecure.Ledger.Entries;
using Npgsql;
using NpgsqlTypes;

namespace CorpSecure.Ledger.Lanes;

/// <summary>The statements of a lane. Arrays keep one round trip and one plan, whatever the batch's size.</summary>
internal static class LaneSql
{
    private const string InsertEntries = """
        insert into ledger.entries (lane, epoch, counter, kind, at, id, predecessor, hash, payload, subject_key, sealed)
        select $1, $2, e.counter, e.kind, e.at, e.id, e.predecessor, e.hash, e.payload::json, e.subject_key, e.sealed
        from unnest($3, $4, $5, $6, $7, $8, $9, $10, $11) as e(counter, kind, at, id, predecessor, hash, payload, subject_key, sealed)
        """;

    private const string InsertTags = """
        insert into ledger.tags (tag, at, id) select t.tag, t.at, t.id from unnest($1, $2, $3) as t(tag, at, id)
        """;

    public static async Task<LanePosition> OpenEpochAsync(NpgsqlConnection connection, string lane, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select epoch, counter, head from ledger.open_epoch($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = lane });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new LanePosition(lane, reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
    }

    /// <summary>Adds what makes <paramref name="entries"/> durable and moves the lane's head; fails when the epoch has been taken over.</summary>
    public static void Append(NpgsqlBatch batch, LanePosition from, ChainedEntry[] entries)
    {
        batch.BatchCommands.Add(Entries(from, entries));
        if (entries.Any(entry => entry.Draft.Tags.Count > 0))
            batch.BatchCommands.Add(Tags(entries));
        batch.BatchCommands.Add(Advance(from, from.After(entries)));
    }

    private static NpgsqlBatchCommand Entries(LanePosition from, ChainedEntry[] entries) => new(InsertEntries)
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = from.Lane },
            new NpgsqlParameter<long> { TypedValue = from.Epoch },
            Column(entries, entry => entry.Counter, NpgsqlDbType.Bigint),
            Column(entries, entry => (short)entry.Draft.Kind, NpgsqlDbType.Smallint),
            Column(entries, entry => ChainedEntry.ToMicroseconds(entry.Draft.At).UtcDateTime, NpgsqlDbType.TimestampTz),
            Column(entries, entry => entry.Draft.Id, NpgsqlDbType.Uuid),
            Column(entries, entry => entry.Predecessor, NpgsqlDbType.Bytea),
            Column(entries, entry => entry.Hash, NpgsqlDbType.Bytea),
            Column(entries, entry => Encoding.UTF8.GetString(entry.Draft.Payload.Span), NpgsqlDbType.Text),
            Column(entries, entry => entry.Draft.Sealed?.KeyId, NpgsqlDbType.Uuid),
            Column(entries, entry => entry.Draft.Sealed?.Ciphertext, NpgsqlDbType.Bytea),
        },
    };

    private static NpgsqlBatchCommand Tags(ChainedEntry[] entries)
    {
        var tags = entries.SelectMany(entry => entry.Draft.Tags, (entry, tag) => (Tag: tag, entry.Draft)).ToArray();
        return new(InsertTags)
        {
            Parameters =
            {
                Column(tags, row => row.Tag, NpgsqlDbType.Bytea),
                Column(tags, row => ChainedEntry.ToMicroseconds(row.Draft.At).UtcDateTime, NpgsqlDbType.TimestampTz),
                Column(tags, row => row.Draft.Id, NpgsqlDbType.Uuid),
            },
        };
    }

    private static NpgsqlBatchCommand Advance(LanePosition from, LanePosition to) => new("select ledger.advance($1, $2, $3, $4, $5)")
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = from.Lane },
            new NpgsqlParameter<long> { TypedValue = from.Epoch },
            new NpgsqlParameter<long> { TypedValue = from.Counter },
            new NpgsqlParameter<long> { TypedValue = to.Counter },
            new NpgsqlParameter<byte[]> { TypedValue = to.Head },
        },
    };

    private static NpgsqlParameter<TValue[]> Column<TRow, TValue>(TRow[] rows, Func<TRow, TValue> value, NpgsqlDbType type) =>
        new() { TypedValue = Array.ConvertAll(rows, row => value(row)), NpgsqlDbType = NpgsqlDbType.Array | type };
}
