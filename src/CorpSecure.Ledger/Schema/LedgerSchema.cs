using System.Reflection;
using DbUp;
using DbUp.Engine.Output;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CorpSecure.Ledger.Schema;

/// <summary>Creates and upgrades roles, ledger and decision tables. Every server's <c>migrate</c> command runs it first.</summary>
public static class LedgerSchema
{
    private const long Lock = 0x436F727053656375; // one migration at a time in a database

    /// <param name="administrator">A login that may create roles and schemas; used for nothing else.</param>
    /// <exception cref="LedgerUnavailableException">A script failed; nothing of it was kept.</exception>
    public static async Task MigrateAsync(string administrator, ILogger logger, CancellationToken cancellation)
    {
        // Not pooled: the lock must end with this connection.
        await using var guard = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(administrator) { Pooling = false }.ToString());
        await guard.OpenAsync(cancellation);
        await using (var take = new NpgsqlCommand("select pg_advisory_lock($1)", guard) { Parameters = { new() { Value = Lock } }, CommandTimeout = 0 })
            await take.ExecuteNonQueryAsync(cancellation);

        var result = DeployChanges.To.PostgresqlDatabase(administrator)
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly())
            .WithTransactionPerScript()
            .JournalToPostgresqlTable("public", "corpsecure_schema_versions")
            .LogTo(new ScriptLog(logger))
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
            throw new LedgerUnavailableException($"the script {result.ErrorScript?.Name} failed: {result.Error.Message}", result.Error);
    }

    /// <summary>The name of a script is all that is worth a line.</summary>
    private sealed class ScriptLog(ILogger logger) : IUpgradeLog
    {
#pragma warning disable CA2254, CA1848, CA1873 // formats and arguments come from the upgrade engine
        public void LogTrace(string format, params object[] args) => logger.LogTrace(format, args);

        public void LogDebug(string format, params object[] args) => logger.LogDebug(format, args);

        public void LogInformation(string format, params object[] args) => logger.LogDebug(format, args);

        public void LogWarning(string format, params object[] args) => logger.LogWarning(format, args);

        public void LogError(string format, params object[] args) => logger.LogError(format, args);

        public void LogError(Exception ex, string format, params object[] args) => logger.LogError(ex, format, args);
#pragma warning restore CA2254, CA1848, CA1873
    }
}
