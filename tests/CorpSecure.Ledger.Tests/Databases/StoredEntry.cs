namespace CorpSecure.Ledger.Tests.Databases;

/// <summary>A row as it stands in the table.</summary>
internal sealed record StoredEntry(
    string Lane, long Epoch, long Counter, short Kind, long Microseconds, Guid Id, byte[] Predecessor, byte[] Hash, string Payload, byte[]? Sealed)
{
    public static async Task<List<StoredEntry>> OfAsync(TestDatabase database, string lane)
    {
        await using var connection = new NpgsqlConnection(database.Administrator);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            select lane, epoch, counter, kind, (extract(epoch from at) * 1000000)::bigint, id, predecessor, hash, payload::text, sealed
            from ledger.entries where lane = $1 order by counter, epoch, at
            """, connection)
        {
            Parameters = { new() { Value = lane } },
        };
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<StoredEntry>();
        while (await reader.ReadAsync())
        {
            rows.Add(new StoredEntry(
                reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt16(3), reader.GetInt64(4), reader.GetGuid(5),
                reader.GetFieldValue<byte[]>(6), reader.GetFieldValue<byte[]>(7), reader.GetString(8),
                reader.IsDBNull(9) ? null : reader.GetFieldValue<byte[]>(9)));
        }

        return rows;
    }
}
