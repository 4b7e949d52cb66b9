using CorpSecure.Gateway.Certificates;

namespace CorpSecure.Gateway.Tokens;

/// <summary>The way to an issuer's documents: certificate validated, no redirects, small answers, short waits.</summary>
internal static class IssuerHttp
{
    public static HttpClient Create(Watched<TrustBundle>? trust) => new(new TrustingHandler(trust))
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = 256 * 1024,
    };
}
