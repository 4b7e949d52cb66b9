using System.Net.Sockets;
using CorpSecure.DevHost.Pki;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Hosting;

/// <summary>What is wrong stops the start with its name; nothing listens.</summary>
[Collection(GatewayCollection.Name)]
public sealed class StartTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    private readonly Surroundings surroundings = surroundings;

    [Theory]
    [InlineData("Gateway:PolicyFile", "")]
    [InlineData("Gateway:PolicyFile", "/nowhere/policy.json")]
    [InlineData("Gateway:AssertionKeyFile", "/nowhere/key.pem")]
    [InlineData("Gateway:AssertionKeyId", "")]
    [InlineData("Gateway:Origin", "http://localhost:8443")]
    [InlineData("Gateway:Origin", "https://localhost:8443/path")]
    [InlineData("Gateway:Origin", "localhost")]
    [InlineData("Gateway:OpsOrigin", "")]
    [InlineData("Gateway:BodyTimeout", "soon")]
    [InlineData("Gateway:BodyTimeout", "00:00:00")]
    [InlineData("Gateway:BodyTimeout", "-00:00:01")]
    [InlineData("Listeners:Api:Port", "many")]
    [InlineData("Listeners:Api:Port", "70000")]
    [InlineData("Listeners:Api:Address", "somewhere")]
    [InlineData("Listeners:Api:CertificateFile", "/nowhere/cert.pem")]
    [InlineData("Listeners:Api:ClientCaFile", "/nowhere/ca.pem")]
    [InlineData("Listeners:Ops:KeyFile", "")]
    [InlineData("Listeners:Limits:Connections", "0")]
    [InlineData("Listeners:Limits:HeadersTimeout", "00:00:00")]
    [InlineData("Listeners:Limits:KeepAliveTimeout", "-00:00:01")]
    [InlineData("Listeners:Limits:BodyRate", "0")]
    [InlineData("Listeners:Limits:Grace", "00:00:01")]
    [InlineData("Issuers:Corporate:Issuer", "http://localhost/")]
    [InlineData("Issuers:Corporate:Audience", "")]
    [InlineData("Issuers:Staff:CaFile", "/nowhere/ca.pem")]
    [InlineData("Core:Destinations", "http://localhost:1", "Core:Destinations:0")]
    [InlineData("Core:CaFile", "")]
    [InlineData("Core:ClientCertificateFile", "/nowhere/cert.pem")]
    [InlineData("Core:ActivityTimeout", "00:00:00")]
    [InlineData("Core:HealthInterval", "-00:00:05")]
    [InlineData("Core:HealthPath", "health")]
    [InlineData("Database:ConnectionString", "nonsense")]
    [InlineData("Database:ConnectionString", "Host=127.0.0.1;Port=1;Username=x;Timeout=1")]
    [InlineData("Ledger:Replica", "")]
    [InlineData("Ledger:Replica", "a/b")]
    [InlineData("Ledger:MasterKeyFile", "/nowhere/master.key")]
    [InlineData("TrustedProxies:Networks", "10.0.0.0/99", "TrustedProxies:Networks:0")]
    [InlineData("TrustedProxies:ProxyProtocol", "10.0.0.0/99", "TrustedProxies:ProxyProtocol:0")]
    [InlineData("Issuers:Corporate:ConnectTo", "identity")]
    [InlineData("Issuers:Staff:ConnectTo", "identity:0")]
    public Task A_setting_that_is_wrong_is_named(string name, string value, string? key = null) => RefusedAsync(name, (key ?? name, value));

    [Fact]
    public Task All_faults_are_told_at_once() => RefusedAsync("Gateway:AssertionKeyId", "Ledger:Replica", ("Gateway:AssertionKeyId", ""), ("Ledger:Replica", ""));

    [Fact]
    public Task Two_doors_need_two_ports() => RefusedAsync("Listeners:Ops:Port", ("Listeners:Api:Port", "45678"), ("Listeners:Ops:Port", "45678"));

    [Theory]
    [InlineData("Gateway:AssertionKeyFile")]
    [InlineData("Listeners:Api:CertificateFile")]
    [InlineData("Listeners:Ops:KeyFile")]
    [InlineData("Listeners:Api:ClientCaFile")]
    [InlineData("Issuers:Corporate:CaFile")]
    [InlineData("Core:CaFile")]
    [InlineData("Core:ClientCertificateFile")]
    [InlineData("Core:ClientKeyFile")]
    [InlineData("Ledger:MasterKeyFile")]
    public async Task A_file_that_holds_something_else_is_named(string key)
    {
        var file = await FileAsync("nonsense.pem", "nonsense");
        await RefusedAsync(key == "Ledger:MasterKeyFile" || key == "Gateway:AssertionKeyFile" ? key : file, (key, file));
    }

    [Fact]
    public async Task A_certificate_with_the_key_of_another_is_named()
    {
        var other = await surroundings.Authority.IssueAsync("other", LeafUsage.Server, CancellationToken.None);
        await RefusedAsync(other.KeyFile, ("Listeners:Api:KeyFile", other.KeyFile));
        await RefusedAsync(other.KeyFile, ("Core:ClientKeyFile", other.KeyFile));
    }

    [Fact]
    public async Task A_public_key_cannot_sign_assertions() =>
        await RefusedAsync("Gateway:AssertionKeyFile", ("Gateway:AssertionKeyFile", await FileAsync("public.pem", World.Keys["anna-1"].ExportPublicPem())));

    [Fact]
    public async Task Another_master_key_than_the_databases_is_refused() => await RefusedAsync(
        "not the key that this database's keys are wrapped with",
        ("Ledger:MasterKeyFile", await FileAsync("other.key", Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)))));

    [Fact]
    public async Task A_database_that_was_not_migrated_says_what_to_do()
    {
        await surroundings.Postgres.CreateDatabaseAsync("empty_one");
        await RefusedAsync("has 'migrate' been run?", ("Database:ConnectionString", surroundings.Postgres.ConnectionString("empty_one")));
    }

    [Fact]
    public async Task A_configuration_file_that_is_not_there_or_none_is_named()
    {
        (await Should.ThrowAsync<StartRefusedException>(() => GatewayHost.BuildAsync(["--config", "/nowhere/gateway.json"]))).Message.ShouldContain("--config: file not found: /nowhere/gateway.json");
        var file = await FileAsync("broken.json", "{ not json");
        (await Should.ThrowAsync<StartRefusedException>(() => GatewayHost.BuildAsync(["--config", file]))).Message.ShouldContain(file);
    }

    private Task RefusedAsync(string expected, params (string Key, string Value)[] changes) => RefusedAsync(expected, "", changes);

    private async Task RefusedAsync(string expected, string also, params (string Key, string Value)[] changes)
    {
        var port = FreePort.Take();
        var given = new (string Key, string Value)[] { ("Listeners:Api:Port", $"{port}"), ("Listeners:Ops:Port", $"{FreePort.Take()}"), ("Ledger:Replica", "never-starts") };
        string[] arguments = [.. World.Arguments, .. given.Concat(changes).Select(change => $"--{change.Key}={change.Value}")];

        var refused = await Should.ThrowAsync<StartRefusedException>(async () =>
        {
            await using var app = await GatewayHost.BuildAsync(arguments);
            await app.StartAsync();
        });

        refused.Message.ShouldContain(expected);
        refused.Message.ShouldContain(also);
        using var probe = new TcpClient();
        await Should.ThrowAsync<SocketException>(() => probe.ConnectAsync("127.0.0.1", port));
    }

    private Task<string> FileAsync(string name, string text)
    {
        var file = Path.Combine(surroundings.Directory.FullName, name);
        SecretFile.Write(file, text);
        return Task.FromResult(file);
    }
}
