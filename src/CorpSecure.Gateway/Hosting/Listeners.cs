using System.Net;
using System.Security.Authentication;
using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Certificates;
using CorpSecure.Gateway.FrontDoor;
using CorpSecure.Gateway.ProxyProtocol;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace CorpSecure.Gateway.Hosting;

/// <summary>Two doors, told apart by local port, never by <c>Host</c>.</summary>
public static class Listeners
{
    public const int LongestHeaders = 32 * 1024;

    public static void Configure(KestrelServerOptions kestrel, GatewaySettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        kestrel.Limits.MaxRequestHeadersTotalSize = LongestHeaders;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.MaxRequestBodySize = null; // each route has its own limit, enforced while reading
        settings.Listeners.Limits.Apply(kestrel.Limits);
        kestrel.AllowResponseHeaderCompression = false;
        var certificates = kestrel.ApplicationServices.GetRequiredService<CertificateStore>();
        var balancers = settings.TrustedProxies.ProxyProtocol;
        var refused = kestrel.ApplicationServices.GetRequiredService<RefusedCertificates>();
        Listen(kestrel, settings.Listeners.Api, balancers, certificates.Api, certificates.ApiClients, Listener.Api, refused);
        Listen(kestrel, settings.Listeners.Ops, balancers, certificates.Ops, certificates.OpsClients, Listener.Ops, refused);
    }

    private static void Listen(
        KestrelServerOptions kestrel, ListenerSection listener, string[] balancers, Watched<CertificatePair> own, Watched<TrustBundle>? clients, Listener door, RefusedCertificates refused)
    {
        kestrel.Listen(IPAddress.Parse(listener.Address), listener.Port, options =>
        {
            options.Protocols = HttpProtocols.Http1AndHttp2;
            options.UseProxyProtocol(balancers); // before TLS, whose first byte comes after it
            options.UseHttps(https =>
            {
                https.ServerCertificateSelector = (_, _) => own.Current.Leaf;
                https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
                https.HandshakeTimeout = TimeSpan.FromSeconds(10);
                https.ClientCertificateMode = clients is null ? ClientCertificateMode.NoCertificate : ClientCertificateMode.AllowCertificate;
                https.ClientCertificateValidation = (_, chain, errors) => refused.IsGood(door, chain, errors);
                https.OnAuthenticate = (connection, tls) =>
                {
                    // What is in force at this handshake: the leaf, and its intermediates, which a selector cannot give.
                    tls.ServerCertificateSelectionCallback = null;
                    tls.ServerCertificateContext = own.Current.Context;
                    tls.CertificateChainPolicy = clients?.Current.Policy;
                    refused.Begin(connection);
                };
            });
            options.UseFrontDoor(); // after TLS: it reads what was sent, not how it was encrypted
        });
    }
}
