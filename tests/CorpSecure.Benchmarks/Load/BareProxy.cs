using System.Security.Cryptography.X509Certificates;
using CorpSecure.DevHost.Pki;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace CorpSecure.Benchmarks.Load;

/// <summary>The yardstick: YARP as a user would run it instead, with the same TLS on both sides, and nothing else.</summary>
internal static class BareProxy
{
    public static async Task RunAsync(int port, int corePort, PemFiles server, PemFiles client, string authorityFile)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port, listen => listen.UseHttps(
            X509Certificate2.CreateFromPemFile(server.CertificateFile, server.KeyFile))));
        builder.Services.AddReverseProxy()
            .LoadFromMemory(
                [new RouteConfig { RouteId = "core", ClusterId = "core", Match = new RouteMatch { Path = "/{**target}" } }],
                [
                    new ClusterConfig
                    {
                        ClusterId = "core",
                        Destinations = new Dictionary<string, DestinationConfig> { ["core"] = new() { Address = $"https://localhost:{corePort}" } },
                        HttpRequest = new ForwarderRequestConfig { Version = new Version(1, 1), VersionPolicy = HttpVersionPolicy.RequestVersionExact },
                    },
                ])
            .ConfigureHttpClient((_, handler) =>
            {
                handler.SslOptions.ClientCertificates = [X509Certificate2.CreateFromPemFile(client.CertificateFile, client.KeyFile)];
                handler.SslOptions.CertificateChainPolicy = DemoAuthority.TrustOnly(X509CertificateLoader.LoadCertificateFromFile(authorityFile));
            });
        var app = builder.Build();
        app.MapReverseProxy();
        await app.RunAsync();
    }
}
