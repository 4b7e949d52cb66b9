using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CorpSecure.DevHost.Pki;
using CorpSecure.DevHost.Postgres;
using CorpSecure.Gateway.Commands;
using CorpSecure.Protocol.Signatures;
using Npgsql;

namespace CorpSecure.Gateway.Tests.World;

/// <summary>What all gateways of this assembly share: PostgreSQL, a certificate authority, keys. Each gateway has its own database.</summary>
public sealed class Surroundings : IAsyncLifetime
{
    private int databases;
    private GatewayWorld? common;

    public DirectoryInfo Directory { get; } = System.IO.Directory.CreateTempSubdirectory("corpsecure-gateway-tests-");

    public PostgresCluster Postgres { get; private set; } = null!;

    public DemoAuthority Authority { get; private set; } = null!;

    public PemFiles ServerCertificate { get; private set; } = null!;

    public PemFiles ClientCertificate { get; private set; } = null!;

    /// <summary>The same, for connections on which tests write every byte themselves.</summary>
    public X509Certificate2 LoadedClientCertificate => field ??= X509Certificate2.CreateFromPemFile(ClientCertificate.CertificateFile, ClientCertificate.KeyFile);

    public string MasterKeyFile => Path.Combine(Directory.FullName, "master.key");

    public async Task InitializeAsync()
    {
        Postgres = await PostgresCluster.StartAsync(new PostgresClusterOptions(), CancellationToken.None);
        Authority = await DemoAuthority.OpenAsync(Path.Combine(Directory.FullName, "pki"), TimeProvider.System, CancellationToken.None);
        ServerCertificate = await Authority.IssueAsync("server", LeafUsage.Server, CancellationToken.None);
        ClientCertificate = await Authority.IssueAsync("gateway", LeafUsage.Client, CancellationToken.None);
        SecretFile.Write(MasterKeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
    }

    /// <summary>A migrated database; the administrator's and the gateway's way into it.</summary>
    public async Task<(string Admin, string Gateway)> CreateDatabaseAsync()
    {
        var name = $"gateway_{Interlocked.Increment(ref databases)}";
        await Postgres.CreateDatabaseAsync(name);
        var admin = Postgres.ConnectionString(name);
        await GatewayCommands.MigrateAsync(admin, CancellationToken.None);
        await using var connection = new NpgsqlConnection(admin);
        await connection.OpenAsync();
        await using var password = new NpgsqlCommand("alter role corpsecure_gateway password 'for-tests-only'", connection);
        await password.ExecuteNonQueryAsync();
        return (admin, Postgres.ConnectionString(name, "corpsecure_gateway", "for-tests-only"));
    }

    /// <summary>The gateway of all tests that leave it as they found it. Its clock only ever goes on.</summary>
    public async Task<GatewayWorld> CommonAsync() => common ??= await GatewayWorld.StartAsync(this, policy: PolicyText.Roomy);

    public async Task DisposeAsync()
    {
        if (common is not null)
            await common.DisposeAsync();
        await Postgres.DisposeAsync();
        Authority.Dispose();
        Directory.Delete(recursive: true);
    }
}

[CollectionDefinition(Name)]
public sealed class GatewayCollection : ICollectionFixture<Surroundings>
{
    public const string Name = "gateway";
}

/// <summary>Tests in the gateway that is shared.</summary>
public abstract class CommonWorldTests(Surroundings surroundings) : IAsyncLifetime
{
    protected GatewayWorld World { get; private set; } = null!;

    public async Task InitializeAsync() => World = await surroundings.CommonAsync();

    public Task DisposeAsync() => Task.CompletedTask;
}
