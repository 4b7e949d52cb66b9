using Npgsql;

namespace CorpSecure.Benchmarks.Commit;

/// <summary>A decision as the committer wrote it, with its nonce and its one tag: what the yardstick has to write as well.</summary>
internal sealed record WrittenEntry(
    short Kind, DateTime At, Guid Id, byte[] Predecessor, byte[] Hash, byte[] Payload, Guid SubjectKey, byte[] Sealed, DateOnly NonceDate, byte[] Nonce, byte[] Tag)
{
    public const string Lane = "gateway-1/signed";

    private const string Latest = """
        select e.kind, e.at, e.id, e.predecessor, e.hash, convert_to(e.payload::text, 'UTF8'), e.subject_key, e.sealed, n.created_on, n.digest, t.tag
        from ledger.entries e join decisions.nonces n on n.decision_id = e.id join ledger.tags t on t.id = e.id
        where e.lane = $1 order by e.counter desc limit $2
        """;

    // One transaction writes one batch, so the number of transactions is the number of batches.
    private const string Batches = "select count(*)::float8 / count(distinct e.xmin::text) from ledger.entries e where e.lane = $1 and e.counter > $2";

    private const string LastCounter = "select max(e.counter) from ledger.entries e where e.lane = $1";

    public static async Task<IReadOnlyList<WrittenEntry>> LatestAsync(NpgsqlConnection connection, int count, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Latest, connection) { Parameters = { new() { Value = Lane }, new() { Value = count } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<WrittenEntry>(count);
        while (await reader.ReadAsync(cancellation))
        {
            entries.Add(new WrittenEntry(
                reader.GetInt16(0), reader.GetDateTime(1), reader.GetGuid(2), Bytes(3), Bytes(4), Bytes(5), reader.GetGuid(6), Bytes(7),
                reader.GetFieldValue<DateOnly>(8), Bytes(9), Bytes(10)));
        }

        return entries;

        byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);
    }

    public static async Task<long> LastCounterAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(LastCounter, connection) { Parameters = { new() { Value = Lane } } };
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Decisions per transaction since <paramref name="mark"/>.</summary>
    public static async Task<double> AverageBatchAsync(NpgsqlConnection connection, long mark, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Batches, connection) { Parameters = { new() { Value = Lane }, new() { Value = mark } } };
        return (double)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
