using CorpSecure.Identity.Hosting;
using CorpSecure.Ledger.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CorpSecure.Identity.Storage;

/// <summary><c>migrate --connection</c>: the ledger's schema, then the realm's; both realms' when none is configured.</summary>
public static class MigrateCommand
{
    public static async Task<int> RunAsync(CommandLine command, TextWriter output)
    {
        var configuration = command.ToConfiguration();
        var reader = new SettingsReader(configuration);
        Realm[] realms = configuration["Identity:Realm"] is null ? [Realm.Corporate, Realm.Staff] : [reader.RealmValue("Identity:Realm")];
        reader.ThrowOnFaults();
        await MigrateAsync(command.Connection!, realms, CancellationToken.None);
        foreach (var realm in realms)
            await output.WriteLineAsync($"schema {realm.Schema()} is up to date");
        return IdentityProgram.Done;
    }

    public static async Task MigrateAsync(string administrator, IEnumerable<Realm> realms, CancellationToken cancellation)
    {
        // Locks belong to sessions, and a pooled session would keep them after it is closed.
        var unpooled = new NpgsqlConnectionStringBuilder(administrator) { Pooling = false }.ConnectionString;
        await LedgerSchema.MigrateAsync(unpooled, NullLogger.Instance, cancellation);
        foreach (var realm in realms)
            await SchemaMigrator.MigrateAsync(realm, unpooled, cancellation);
    }
}
