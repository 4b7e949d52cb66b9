using CorpSecure.DevHost.Postgres;

namespace CorpSecure.Ledger.Tests.Databases;

/// <summary>The one PostgreSQL of this assembly. Its tests run one after another, so a test may stop or reconfigure it.</summary>
public sealed class Cluster : IAsyncLifetime
{
    public const string Name = "PostgreSQL";

    public PostgresCluster Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PostgresCluster.StartAsync(new PostgresClusterOptions(), CancellationToken.None);

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

[CollectionDefinition(Cluster.Name)]
public sealed class ClusterCollection : ICollectionFixture<Cluster>;
