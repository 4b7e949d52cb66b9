using CorpSecure.Gateway.Hosting;

namespace CorpSecure.Gateway.Tokens;

/// <summary>The way to an issuer's documents: certificate validated, no redirects, small answers, short waits.</summary>
internal static class IssuerHttp
{
    public static HttpClient Create(IssuerSection section) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        SslOptions = { CertificateChainPolicy = CertificateFiles.Trust(section.CaFile) },
    })
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = 256 * 1024,
    };
}
