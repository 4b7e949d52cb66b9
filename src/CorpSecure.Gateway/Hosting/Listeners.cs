using System.Net;
using System.Security.Authentication;
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
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        kestrel.AllowResponseHeaderCompression = false;
        Listen(kestrel, settings.Listeners.Api, settings.TrustedProxies.ProxyProtocol);
        Listen(kestrel, settings.Listeners.Ops, settings.TrustedProxies.ProxyProtocol);
    }

    private static void Listen(KestrelServerOptions kestrel, ListenerSection listener, string[] balancers)
    {
        var certificate = CertificateFiles.Load(listener.CertificateFile, listener.KeyFile);
        var clientTrust = CertificateFiles.Trust(listener.ClientCaFile);
        kestrel.Listen(IPAddress.Parse(listener.Address), listener.Port, options =>
        {
            options.Protocols = HttpProtocols.Http1AndHttp2;
            options.UseProxyProtocol(balancers); // before TLS, whose first byte comes after it
            options.UseHttps(https =>
            {
                https.ServerCertificate = certificate;
                https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
                https.HandshakeTimeout = TimeSpan.FromSeconds(10);
                if (clientTrust is null)
                    return;
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.OnAuthenticate = (_, tls) => tls.CertificateChainPolicy = clientTrust;
            });
        });
    }
}
