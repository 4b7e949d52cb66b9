using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Hosting;

namespace CorpSecure.Gateway.Requests;

/// <summary>Where each listener is reached from outside: configured, never taken from the request.</summary>
public sealed class ExternalOrigins(GatewaySettings settings)
{
    private readonly HostString[] api = Authorities(settings.Gateway.Origin);
    private readonly HostString[] ops = Authorities(settings.Gateway.OpsOrigin);

    public string Origin(Listener listener) => listener switch
    {
        Listener.Api => settings.Gateway.Origin,
        Listener.Ops => settings.Gateway.OpsOrigin,
    };

    /// <summary>A <c>Host</c> that names anything else, another listener included, is misdirected.</summary>
    public bool IsHostOf(Listener listener, HostString host) => listener switch
    {
        Listener.Api => Array.Exists(api, host.Equals),
        Listener.Ops => Array.Exists(ops, host.Equals),
    };

    // The port that https implies is left out by most clients.
    private static HostString[] Authorities(string origin)
    {
        var uri = new Uri(origin);
        var full = new HostString(uri.Host, uri.Port);
        return uri.IsDefaultPort ? [full, new HostString(uri.Host)] : [full];
    }
}
