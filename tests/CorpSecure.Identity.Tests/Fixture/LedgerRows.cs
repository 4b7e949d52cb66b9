using System.Text.Json;
using CorpSecure.Ledger.Sealing;
using Npgsql;

namespace CorpSecure.Identity.Tests.Fixture;

/// <summary>What the audit log says about one user or one OAuth client, oldest first.</summary>
public static class LedgerRows
{
    public static Task<IReadOnlyList<LedgerRow>> AboutAsync(this IdentityFixture fixture, TestUser user, TestServer? server = null)
    {
        var key = MasterKey.Load((server ?? fixture.Corporate).Settings.Ledger.MasterKeyFile);
        return ReadAsync(fixture, "join ledger.tags t on t.id = e.id where t.tag = $1", new BlindIndex(key).Tag("subject", user.Subject));
    }

    public static Task<IReadOnlyList<LedgerRow>> AboutAsync(this IdentityFixture fixture, Portal portal) =>
        ReadAsync(fixture, "where e.payload->>'oauthClient' = $1", portal.ClientId);

    private static async Task<IReadOnlyList<LedgerRow>> ReadAsync(IdentityFixture fixture, string condition, object value)
    {
        var rows = new List<LedgerRow>();
        await using var command = fixture.Administrator.CreateCommand(
            $"select e.kind, e.payload::text, e.sealed is not null, e.sealed from ledger.entries e {condition} order by e.at, e.counter");
        command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(new LedgerRow(reader.GetInt16(0), reader.GetString(1), reader.GetBoolean(2)));
        return rows;
    }
}

public sealed record LedgerRow(short Kind, string Payload, bool IsSealed)
{
    public string? Event => Member("event");

    public string? Reason => Member("reason");

    public string? Acr => Member("acr");

    private string? Member(string name) => JsonSerializer.Deserialize<JsonElement>(Payload).GetProperty(name).GetString();
}
