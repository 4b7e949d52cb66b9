using System.Net;
using System.Security.Cryptography;
using System.Text;
using CorpSecure.Gateway.Requests;

namespace CorpSecure.Gateway.Telemetry;

/// <summary>Who may scrape: a near network, or whoever shows the token.</summary>
/// <remarks>
/// A scraper has no staff sign-in, and metrics hold no personal data, so the network it sits in is enough. Behind a proxy
/// everybody seems near: a request that says it was forwarded counts as near only if the proxy is a trusted one and the
/// address it names is near too.
/// </remarks>
public sealed class MetricsAccess
{
    private const string Scheme = "Bearer ";

    private readonly IPNetwork[] networks;
    private readonly byte[]? token;
    private readonly TrustedProxies proxies;

    public MetricsAccess(MetricsSection section, TrustedProxies proxies)
    {
        this.proxies = proxies;
        networks = [.. section.NetworksInForce.Select(network => IPNetwork.Parse(network))];
        token = section.TokenFile.Length == 0 ? null : SHA256.HashData(Encoding.UTF8.GetBytes(File.ReadAllText(section.TokenFile).Trim()));
    }

    public bool Allows(HttpContext context) => HasToken(context.Request) || IsNear(context);

    private bool HasToken(HttpRequest request) =>
        token is not null
        && request.Headers.Authorization is [{ } authorization]
        && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim())), token);

    private bool IsNear(HttpContext context)
    {
        var headers = context.Request.Headers;
        var forwarded = headers.ContainsKey("Forwarded") || headers.ContainsKey("Via") || headers.Keys.Any(name => name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase));
        var address = proxies.ClientAddress(context);
        if (forwarded && address.Equals(TrustedProxies.Peer(context)))
            return false;
        return Array.Exists(networks, network => network.Contains(address));
    }
}
