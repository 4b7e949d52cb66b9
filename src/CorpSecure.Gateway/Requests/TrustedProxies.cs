using System.Net;
using CorpSecure.Gateway.Hosting;

namespace CorpSecure.Gateway.Requests;

/// <summary>Whose <c>X-Forwarded-For</c> counts. From anyone else the header changes nothing.</summary>
public sealed class TrustedProxies(TrustedProxiesSection section)
{
    private const string ForwardedFor = "X-Forwarded-For";

    private readonly IPNetwork[] networks = [.. section.Networks.Select(network => IPNetwork.Parse(network))];

    /// <summary>The nearest address that is not a trusted proxy, read from the right: what lies left of it anyone may have written.</summary>
    public IPAddress ClientAddress(HttpContext context)
    {
        var nearest = Peer(context);
        if (networks.Length == 0 || !IsTrusted(nearest))
            return nearest;
        var hops = context.Request.Headers[ForwardedFor].SelectMany(line => (line ?? "").Split(',')).Select(hop => hop.Trim()).ToArray();
        for (var i = hops.Length - 1; i >= 0; i--)
        {
            if (!IPAddress.TryParse(hops[i], out var hop))
                return nearest;
            nearest = Normalize(hop);
            if (!IsTrusted(nearest))
                return nearest;
        }

        return nearest;
    }

    /// <summary>Who opened the connection.</summary>
    public static IPAddress Peer(HttpContext context) => Normalize(context.Connection.RemoteIpAddress ?? IPAddress.None);

    private bool IsTrusted(IPAddress address) => Array.Exists(networks, network => network.Contains(address));

    private static IPAddress Normalize(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
