using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using CoreBank.Simulator.Hosting;
using CorpSecure.DevHost.Pki;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Registry;
using CorpSecure.Protocol.Signatures;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace CorpSecure.Gateway.Tests.World;

/// <summary>A whole gateway: the real host on real ports, a real PostgreSQL, a real core, a fake clock.</summary>
public sealed class GatewayWorld : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> owned = [];
    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));

    public Surroundings Surroundings { get; private init; } = null!;

    public SimulatorHost Core { get; private set; } = null!;

    public TestIssuer Corporate { get; private set; } = null!;

    public TestIssuer Staff { get; private set; } = null!;

    public WebApplication App { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public string AdminConnection { get; private set; } = "";

    public string GatewayConnection { get; private set; } = "";

    public int ApiPort { get; } = FreePort.Take();

    public int OpsPort { get; } = FreePort.Take();

    public string Api => $"https://localhost:{ApiPort}";

    public string Ops => $"https://localhost:{OpsPort}";

    public string[] Arguments { get; private set; } = [];

    /// <summary>Signing keys by id; all but the last belong to Anna.</summary>
    public Dictionary<string, SoftwareSigningKey> Keys { get; } = new[] { "anna-1", "anna-revoked", "anna-retired", "li-1" }
        .Select(id => SigningKey.Generate(id)).Concat(SlowKeys.All).ToDictionary(key => key.KeyId);

    public static async Task<GatewayWorld> StartAsync(Surroundings surroundings, Action<Dictionary<string, string>>? configure = null, string? policy = null)
    {
        var world = new GatewayWorld { Surroundings = surroundings };
        (world.AdminConnection, world.GatewayConnection) = await surroundings.CreateDatabaseAsync();
        world.owned.Add(world.Corporate = await TestIssuer.StartAsync(surroundings.ServerCertificate));
        world.owned.Add(world.Staff = await TestIssuer.StartAsync(surroundings.ServerCertificate));
        var assertionKey = SigningKey.Generate("gateway-1");
        var folder = surroundings.Directory.CreateSubdirectory($"world-{world.ApiPort}").FullName;
        world.owned.Add(world.Core = await StartCoreAsync(surroundings, folder, assertionKey, world.Clock));
        await world.ImportRegistryAsync(Path.Combine(folder, "registry.json"));

        var settings = new Settings(world, surroundings, folder, assertionKey).Write(policy);
        configure?.Invoke(settings);
        world.Arguments = [.. settings.Select(setting => $"--{setting.Key}={setting.Value}")];
        await world.StartGatewayAsync();
        world.Http = world.Client();
        return world;
    }

    public async Task StartGatewayAsync()
    {
        App = await GatewayHost.BuildAsync(Arguments, services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)));
        await App.StartAsync();
    }

    public async Task RestartGatewayAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        await StartGatewayAsync();
    }

    /// <summary>Another gateway on the same database, behind the same external origin.</summary>
    public async Task<WebApplication> StartReplicaAsync(string name, int port)
    {
        var replica = await GatewayHost.BuildAsync(
            [.. Arguments, $"--Ledger:Replica={name}", $"--Listeners:Api:Port={port}", $"--Listeners:Ops:Port={FreePort.Take()}"],
            services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)));
        await replica.StartAsync();
        return replica;
    }

    /// <summary>A client of its own, with its own connections.</summary>
    public HttpClient Client(PemFiles? certificate = null) => Client(handler => handler, certificate);

    public HttpClient Client(Func<HttpMessageHandler, HttpMessageHandler> through, PemFiles? certificate = null)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, SslOptions = { CertificateChainPolicy = Surroundings.Authority.ChainPolicy } };
        if (certificate is not null)
            handler.SslOptions.ClientCertificates = [X509Certificate2.CreateFromPemFile(certificate.CertificateFile, certificate.KeyFile)];
        return new HttpClient(through(handler)) { Timeout = TimeSpan.FromSeconds(60) };
    }

    public T Service<T>() where T : notnull => App.Services.GetRequiredService<T>();

    /// <summary>Lets time pass; the registry is confirmed at the new time, as its poll would have done on the way.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await Service<RegistryFeed>().ConfirmAsync(CancellationToken.None);
    }

    /// <summary>Changes the registry; what changed is in force afterwards.</summary>
    public async Task RegisterAsync(string sql)
    {
        await ExecuteAsync(sql);
        await Service<RegistryFeed>().ConfirmAsync(CancellationToken.None);
    }

    /// <summary>Lets the gateway's own poll confirm the registry.</summary>
    public async Task TickUntilFreshAsync()
    {
        for (var tries = 0; !Service<RegistryFeed>().IsFresh; tries++)
        {
            tries.ShouldBeLessThan(500, "the poll has stopped");
            Clock.Advance(RegistryFeed.Interval);
            await QueryAsync<bool>("select true"); // a turn of the database for the poll to use
        }
    }

    public async Task<T> QueryAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(AdminConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Asks until the answer is yes.</summary>
    public async Task UntilAsync(string question)
    {
        for (var tries = 0; !await QueryAsync<bool>(question); tries++)
            tries.ShouldBeLessThan(5000, question);
    }

    /// <summary>To a whole second, in which times on the wire are.</summary>
    public Task AlignAsync() => PassAsync(TimeSpan.FromSeconds(1) - TimeSpan.FromMilliseconds(Clock.GetUtcNow().Millisecond));

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(AdminConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        owned.Reverse();
        foreach (var part in owned)
            await part.DisposeAsync();
    }

    private static Task<SimulatorHost> StartCoreAsync(Surroundings surroundings, string folder, SoftwareSigningKey assertionKey, TimeProvider clock)
    {
        var jwks = Path.Combine(folder, "assertion.jwks");
        File.WriteAllText(jwks, Jwks.Of(assertionKey));
        return SimulatorHost.StartAsync(new SimulatorOptions
        {
            Listener = new MainListenerOptions
            {
                Port = 0,
                CertificateFile = surroundings.ServerCertificate.CertificateFile,
                KeyFile = surroundings.ServerCertificate.KeyFile,
                ClientCaFile = surroundings.Authority.CertificateFile,
            },
            Control = new ControlOptions { Port = 0, Token = "for-tests-only-0123456789" },
            Assertion = new AssertionOptions { JwksFile = jwks },
        }, clock);
    }

    private async Task ImportRegistryAsync(string file)
    {
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(People.Registry(Keys), JsonSerializerOptions.Web));
        await using var registry = new RegistryContext(RegistryContext.Options(AdminConnection));
        await RegistryImport.RunAsync(file, registry, CancellationToken.None);
    }
}
