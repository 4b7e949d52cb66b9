using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace CorpSecure.Client.Tests.Fakes;

/// <summary>A real Kestrel on a free port of the loopback address, with TLS.</summary>
public sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

    /// <param name="certificates">Whether clients must show a certificate of the authority; one that is shown is checked in any case.</param>
    public static async Task<FakeServer> StartAsync(
        TestAuthority authority, Action<WebApplication> map, ClientCertificateMode certificates = ClientCertificateMode.AllowCertificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
            {
                https.ServerCertificate = authority.Server;
                https.ClientCertificateMode = certificates;
                https.OnAuthenticate = (_, tls) => tls.CertificateChainPolicy = authority.OfClients();
            })));
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return new FakeServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
