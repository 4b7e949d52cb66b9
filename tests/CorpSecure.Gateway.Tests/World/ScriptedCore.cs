using System.Collections.Concurrent;
using CorpSecure.DevHost.Pki;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CorpSecure.Gateway.Tests.World;

/// <summary>A core that answers as a test says and keeps what it was sent.</summary>
public sealed class ScriptedCore : IAsyncDisposable
{
    private readonly WebApplication app;

    private ScriptedCore(WebApplication app, int port)
    {
        this.app = app;
        Address = $"https://localhost:{port}";
    }

    public string Address { get; }

    public ConcurrentQueue<IHeaderDictionary> Received { get; } = [];

    public Func<HttpContext, Task> Answer { get; set; } = context => context.Response.WriteAsync("{}");

    public static async Task<ScriptedCore> StartAsync(PemFiles certificate)
    {
        var port = FreePort.Take();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port, listen => listen.UseHttps(
            System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPemFile(certificate.CertificateFile, certificate.KeyFile))));
        var app = builder.Build();
        var core = new ScriptedCore(app, port);
        app.Run(async context =>
        {
            if (context.Request.Path == "/health")
                return;
            await context.Request.Body.CopyToAsync(Stream.Null);
            core.Received.Enqueue(new HeaderDictionary(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value)));
            await core.Answer(context);
        });
        await app.StartAsync();
        return core;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>A gateway in front of a scripted core, for all tests of a class.</summary>
public sealed class ScriptedWorld(Surroundings surroundings) : IAsyncLifetime
{
    public ScriptedCore Core { get; private set; } = null!;

    public GatewayWorld World { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Core = await ScriptedCore.StartAsync(surroundings.ServerCertificate);
        World = await GatewayWorld.StartAsync(surroundings, settings => settings["Core:Destinations:0"] = Core.Address, PolicyText.Roomy);
    }

    public async Task DisposeAsync()
    {
        await World.DisposeAsync();
        await Core.DisposeAsync();
    }
}
