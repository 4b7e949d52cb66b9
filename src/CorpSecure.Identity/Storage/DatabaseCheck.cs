using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Revocation;
using CorpSecure.Ledger.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace CorpSecure.Identity.Storage;

/// <summary>Refuses a database that may forget commits, or whose schema is older than this program.</summary>
public static class DatabaseCheck
{
    /// <exception cref="ConfigurationFaultsException">What is wrong with it.</exception>
    public static async Task ThrowOnFaultsAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var faults = new List<string>(await DurabilityCheck.FaultsAsync(source, CancellationToken.None));
        await using var command = source.CreateCommand("select to_regclass('sessions') is not null");
        if (await command.ExecuteScalarAsync() is not true)
            faults.Add("Database:ConnectionString: the realm's schema is missing; run the migrate command first");
        if (await RevocationFeed.FaultAsync(source, CancellationToken.None) is { } fault)
            faults.Add(fault);
        if (faults.Count > 0)
            throw new ConfigurationFaultsException(faults);
    }
}

/// <summary>Ready means: the realm's tables answer.</summary>
public sealed class StoreHealth(IdentityStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await store.Users.AnyAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
