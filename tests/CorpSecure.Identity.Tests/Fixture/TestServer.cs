using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using CorpSecure.Identity.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CorpSecure.Identity.Tests.Fixture;

/// <summary>The real server on a real socket.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private const int CheapIterations = 1_000; // below what configuration allows: passwords here guard nothing
    private readonly WebApplication app;
    private readonly IdentityFixture fixture;

    private TestServer(IdentityFixture fixture, IdentitySettings settings)
    {
        this.fixture = fixture;
        Settings = settings;
        app = IdentityServer.Build(settings, fixture.Clock);
    }

    public IdentitySettings Settings { get; }

    public Uri Address { get; private set; } = null!;

    /// <summary>The listener for client certificates, where the server has one.</summary>
    public Uri MtlsAddress { get; private set; } = null!;

    public static async Task<TestServer> StartAsync(IdentityFixture fixture, Dictionary<string, string?> configuration)
    {
        var settings = IdentitySettings.Load(new ConfigurationBuilder().AddInMemoryCollection(configuration).Build());
        var server = new TestServer(fixture, settings with { Limits = settings.Limits with { PasswordIterations = CheapIterations } });
        await server.app.StartAsync();
        var bound = new Uri(server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        server.Address = new Uri($"https://localhost:{bound.Port}");
        if (settings.Mtls is not null)
            server.MtlsAddress = new Uri($"https://localhost:{new Uri(server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Last()).Port}");
        return server;
    }

    public HttpClient NewClient(bool cookies = false) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = cookies,
        SslOptions = { CertificateChainPolicy = fixture.Authority.Policy },
    })
    {
        BaseAddress = Address,
    };

    /// <summary>By hand: a client takes the name of the host for the name of the certificate.</summary>
    public async Task<JsonElement> DiscoverAsAsync(string host, X509Certificate2 certificate)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync("localhost", MtlsAddress.Port);
        await using var tls = new SslStream(connection.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            CertificateChainPolicy = fixture.Authority.Policy,
            ClientCertificates = [certificate],
        });
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"GET /.well-known/openid-configuration HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        var answer = await new StreamReader(tls).ReadToEndAsync();
        answer.ShouldStartWith("HTTP/1.1 200 ");
        return JsonSerializer.Deserialize<JsonElement>(answer[answer.IndexOf('{', StringComparison.Ordinal)..(answer.LastIndexOf('}') + 1)]);
    }

    public HttpClient NewClient(X509Certificate2 certificate) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions = { TargetHost = "localhost", CertificateChainPolicy = fixture.Authority.Policy, ClientCertificates = [certificate] },
    })
    {
        BaseAddress = MtlsAddress,
    };

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
