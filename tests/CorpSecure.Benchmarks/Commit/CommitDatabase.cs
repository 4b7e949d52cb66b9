using System.Security.Cryptography;
using CorpSecure.DevHost.Postgres;
using CorpSecure.Gateway.Commands;
using CorpSecure.Gateway.Decisions;
using CorpSecure.Ledger;
using CorpSecure.Ledger.Lanes;
using CorpSecure.Ledger.Schema;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CorpSecure.Benchmarks.Commit;

/// <summary>A migrated PostgreSQL of this run's own, with the gateway's login and the gateway's parts.</summary>
internal sealed class CommitDatabase : IAsyncDisposable
{
    private const string Password = "for-this-run-only";

    private readonly PostgresCluster cluster;
    private readonly ServiceProvider services;
    private readonly string masterKeyFile;

    private CommitDatabase(PostgresCluster cluster, ServiceProvider services, string masterKeyFile)
    {
        this.cluster = cluster;
        this.services = services;
        this.masterKeyFile = masterKeyFile;
    }

    public LedgerOptions Options => services.GetRequiredService<LedgerOptions>();

    public NpgsqlDataSource Source => services.GetRequiredService<LedgerDatabase>().Source;

    public DecisionCommitter Committer => services.GetRequiredService<DecisionCommitter>();

    /// <summary>A connection that may write to partitions themselves, as no server's login may.</summary>
    public async Task<NpgsqlConnection> OpenAsAdministratorAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(cluster.ConnectionString("corpsecure"));
        await connection.OpenAsync(cancellation);
        return connection;
    }

    public static async Task<CommitDatabase> StartAsync(CancellationToken cancellation)
    {
        var cluster = await PostgresCluster.StartAsync(new PostgresClusterOptions(), cancellation);
        var administrator = await cluster.CreateDatabaseAsync("corpsecure", cancellation);
        await GatewayCommands.MigrateAsync(administrator, cancellation);
        await using (var connection = new NpgsqlConnection(administrator))
        {
            await connection.OpenAsync(cancellation);
            await using var password = new NpgsqlCommand($"alter role corpsecure_gateway password '{Password}'", connection);
            await password.ExecuteNonQueryAsync(cancellation);
        }

        var masterKeyFile = Path.GetTempFileName();
        await File.WriteAllTextAsync(masterKeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), cancellation);
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<DecisionLanes>()
            .AddSingleton<DecisionCommitter>()
            .AddLedger(new LedgerOptions
            {
                Replica = "gateway-1",
                MasterKeyFile = masterKeyFile,
                ConnectionString = cluster.ConnectionString("corpsecure", "corpsecure_gateway", Password),
            })
            .BuildServiceProvider();
        var database = new CommitDatabase(cluster, services, masterKeyFile);
        await database.PrepareAsync(cancellation);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await cluster.DisposeAsync();
        File.Delete(masterKeyFile);
    }

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        // Figures of a server that may forget a commit would mean nothing.
        if (await DurabilityCheck.FaultsAsync(Source, cancellation) is { Count: > 0 } faults)
            throw new InvalidOperationException(string.Join("; ", faults));
        var partitions = services.GetRequiredService<PartitionKeeper>();
        partitions.Parents.Add("decisions.nonces");
        await partitions.EnsureAsync(cancellation);
    }
}
