using System.Net;
using System.Text.Json;
using CoreBank.Simulator.Hosting;
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
        .ToDictionary(id => id, id => SigningKey.Generate(id));

    public static async Task<GatewayWorld> StartAsync(Surroundings surroundings, Action<Dictionary<string, string>>? configure = null, string? policy = null)
    {
        var world = new GatewayWorld();
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
        world.Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, SslOptions = { CertificateChainPolicy = surroundings.Authority.ChainPolicy } })
        {
            Timeout = TimeSpan.FromSeconds(60),
        };
        return world;
    }

    public async Task StartGatewayAsync()
    {
        App = await GatewayHost.BuildAsync(Arguments, services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)));
        await App.StartAsync();
    }

    public T Service<T>() where T : notnull => App.Services.GetRequiredService<T>();

    /// <summary>Lets time pass; the registry is confirmed at the new time, as its poll would have done on the way.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await Service<RegistryFeed>().ConfirmAsync(CancellationToken.None);
    }

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
