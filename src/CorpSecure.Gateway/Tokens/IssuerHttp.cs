using System.Net;
using CorpSecure.Gateway.Certificates;
using CorpSecure.Gateway.Hosting;

namespace CorpSecure.Gateway.Tokens;

/// <summary>The way to an issuer's documents: certificate validated, no redirects, small answers, short waits.</summary>
internal static class IssuerHttp
{
    public static HttpClient Create(IssuerSection section, Watched<TrustBundle>? trust) => new(new TrustingHandler(trust, Place(section.ConnectTo)))
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = 256 * 1024,
    };

    /// <summary>Of <c>host:port</c>; null when it is none.</summary>
    public static DnsEndPoint? Place(string text) =>
        text.LastIndexOf(':') is > 0 and var colon && ushort.TryParse(text.AsSpan(colon + 1), out var port) && port > 0
        && Uri.CheckHostName(text[..colon]) is not UriHostNameType.Unknown
            ? new DnsEndPoint(text[..colon], port)
            : null;
}
