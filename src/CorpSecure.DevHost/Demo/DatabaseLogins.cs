using CorpSecure.DevHost.Postgres;
using Npgsql;

namespace CorpSecure.DevHost.Demo;

/// <summary>The roles that log in. Migrations make them without a password; whoever runs the database sets one.</summary>
internal static class DatabaseLogins
{
    public const string Database = "corpsecure";
    public const string Gateway = "corpsecure_gateway";
    public const string IdentityCorporate = "corpsecure_identity_corporate";
    public const string IdentityStaff = "corpsecure_identity_staff";
    public const string Notary = "corpsecure_notary";
    public const string Auditor = "corpsecure_auditor";

    public static IReadOnlyList<string> All { get; } = [Gateway, IdentityCorporate, IdentityStaff, Notary, Auditor];

    public static string Of(string realm) => $"corpsecure_identity_{realm}";

    public static string Connection(PostgresServer server, DemoMaterial material, string role) =>
        server.ConnectionString(Database, role, material.DatabasePassword(role));

    public static async Task SetPasswordsAsync(PostgresServer server, DemoMaterial material, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(PostgresServer.Unpooled(server.ConnectionString(Database)));
        await using var connection = await source.OpenConnectionAsync(cancellation);
        foreach (var role in All)
        {
            // ALTER ROLE takes no parameters; format() does the quoting.
            await using var format = new NpgsqlCommand("SELECT format('ALTER ROLE %I LOGIN PASSWORD %L', $1, $2)", connection)
            {
                Parameters = { new() { Value = role }, new() { Value = material.DatabasePassword(role) } },
            };
            await using var alter = new NpgsqlCommand((string)(await format.ExecuteScalarAsync(cancellation))!, connection);
            await alter.ExecuteNonQueryAsync(cancellation);
        }
    }
}
