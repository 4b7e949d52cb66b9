using System.Security.Cryptography;
using CorpSecure.DevHost.Postgres;
using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Import;
using CorpSecure.Identity.Storage;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace CorpSecure.Identity.Tests.Fixture;

/// <summary>One database, two replicas of the corporate realm, one of the staff realm, and a clock that tests move.</summary>
public sealed class IdentityFixture : IAsyncLifetime
{
    public const string Database = "corpsecure";
    private const string Password = "of-this-run-only";
    private readonly string directory = Directory.CreateTempSubdirectory("corpsecure-identity-files").FullName;
    private PostgresCluster postgres = null!;

    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public TestAuthority Authority { get; private set; } = null!;

    public TestServer Corporate { get; private set; } = null!;

    public TestServer CorporateReplica { get; private set; } = null!;

    public TestServer Staff { get; private set; } = null!;

    public NpgsqlDataSource Administrator { get; private set; } = null!;

    public string AdministratorConnection => postgres.ConnectionString(Database);

    public async Task InitializeAsync()
    {
        postgres = await PostgresCluster.StartAsync(new PostgresClusterOptions(), default);
        await postgres.CreateDatabaseAsync(Database);
        Administrator = NpgsqlDataSource.Create(AdministratorConnection);
        await Feed.CreateAsync(this);
        await MigrateCommand.MigrateAsync(AdministratorConnection, [Realm.Corporate, Realm.Staff], default);
        foreach (var realm in new[] { Realm.Corporate, Realm.Staff })
            await ScalarAsync<object>($"alter role {realm.DatabaseRole()} password '{Password}'");
        await Feed.GrantAsync(this);

        Authority = new TestAuthority(directory, TimeProvider.System.GetUtcNow());
        Corporate = await TestServer.StartAsync(this, Configuration(Realm.Corporate, 1));
        CorporateReplica = await TestServer.StartAsync(this, Configuration(Realm.Corporate, 2));
        Staff = await TestServer.StartAsync(this, Configuration(Realm.Staff, 1));
    }

    public async Task DisposeAsync()
    {
        await Corporate.DisposeAsync();
        await CorporateReplica.DisposeAsync();
        await Staff.DisposeAsync();
        await Administrator.DisposeAsync();
        Authority.Dispose();
        await postgres.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    public string RealmConnection(Realm realm) => postgres.ConnectionString(Database, realm.DatabaseRole(), Password);

    public async Task<T?> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var command = Administrator.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return (T?)await command.ExecuteScalarAsync();
    }

    public Task ImportAsync(TestServer server, UsersDocument document) =>
        ImportCommand.ImportAsync(document, directory, server.Settings.Realm, server.Settings.Keys, server.Settings.Limits, AdministratorConnection);

    public Dictionary<string, string?> Configuration(Realm realm, int replica)
    {
        var name = realm.Name();
        return new()
        {
            ["Identity:Realm"] = name,
            ["Identity:Issuer"] = realm == Realm.Corporate ? "https://localhost:8444/" : "https://localhost:9445/",
            ["Identity:Audience"] = realm == Realm.Corporate ? "corpsecure-gateway" : "corpsecure-ops",
            ["Identity:Scope"] = realm == Realm.Corporate ? "corporate" : "ops",
            ["Identity:SigningKeyFile"] = KeyFile($"{name}-signing.pem", () => ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem()),
            ["Identity:EncryptionKeyFile"] = KeyFile($"{name}-encryption.key", NewSecret),
            ["Listener:Address"] = "127.0.0.1",
            ["Listener:Port"] = "0",
            ["Listener:CertificateFile"] = Authority.CertificateFile,
            ["Listener:KeyFile"] = Authority.KeyFile,
            ["Database:ConnectionString"] = RealmConnection(realm),
            ["Ledger:Replica"] = $"identity-{name}-{replica}",
            ["Ledger:MasterKeyFile"] = KeyFile("master.key", NewSecret),
            ["SignIn:PostsPerMinute"] = "100000",
        };
    }

    private static string NewSecret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private string KeyFile(string name, Func<string> make)
    {
        var file = Path.Combine(directory, name);
        if (!File.Exists(file))
            File.WriteAllText(file, make());
        return file;
    }
}

[CollectionDefinition(Name)]
public sealed class IdentityCollection : ICollectionFixture<IdentityFixture>
{
    public const string Name = "identity";
}
