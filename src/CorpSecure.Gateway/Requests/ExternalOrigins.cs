using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Hosting;

namespace CorpSecure.Gateway.Requests;

/// <summary>Where each listener is reached from outside: configured, never taken from the request.</summary>
public sealed class ExternalOrigins(GatewaySettings settings)
{
    private readonly HostString api = Authority(settings.Gateway.Origin);
    private readonly HostString ops = Authority(settings.Gateway.OpsOrigin);

    public string Origin(Listener listener) => listener switch
    {
        Listener.Api => settings.Gateway.Origin,
        Listener.Ops => settings.Gateway.OpsOrigin,
    };

    /// <summary>A <c>Host</c> that names anything else, another listener included, is misdirected.</summary>
    public bool IsHostOf(Listener listener, HostString host) => listener switch
    {
        Listener.Api => host.Equals(api),
        Listener.Ops => host.Equals(ops),
    };

    private static HostString Authority(string origin) => HostString.FromUriComponent(new Uri(origin));
}
