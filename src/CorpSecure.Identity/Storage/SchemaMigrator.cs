using CorpSecure.Identity.Hosting;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CorpSecure.Identity.Storage;

/// <summary>Brings one realm's schema up to date. The owner role makes everything, the realm's login gets what it needs.</summary>
public static class SchemaMigrator
{
    private const long Lock = 0x436F72704964; // one identity migration at a time

    /// <param name="administrator">A login that is a member of <c>corpsecure_owner</c> and may create schemas.</param>
    public static async Task MigrateAsync(Realm realm, string administrator, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(RealmConnection.For(realm, administrator));
        await connection.OpenAsync(cancellation);
        await ExecuteAsync(connection, $"select pg_advisory_lock({Lock})", cancellation);
        await ExecuteAsync(connection, $"create schema if not exists {realm.Schema()} authorization corpsecure_owner", cancellation);
        await ExecuteAsync(connection, "set role corpsecure_owner", cancellation);

        await using (var store = StoreModule.Open(realm, connection))
            await store.Database.MigrateAsync(cancellation);

        await ExecuteAsync(connection, Grants(realm), cancellation);
        await ExecuteAsync(connection, $"reset role; select pg_advisory_unlock({Lock})", cancellation);
    }

    private static string Grants(Realm realm)
    {
        using var stream = typeof(SchemaMigrator).Assembly.GetManifestResourceStream("grants.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("{0}", realm.Schema(), StringComparison.Ordinal).Replace("{1}", realm.DatabaseRole(), StringComparison.Ordinal);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // fixed texts and names of our own enumeration
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
