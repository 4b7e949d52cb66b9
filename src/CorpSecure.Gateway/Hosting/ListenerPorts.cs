using CorpSecure.Core.Inputs;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CorpSecure.Gateway.Hosting;

/// <summary>Which local port is which door; a port 0 is known once it is bound.</summary>
public sealed class ListenerPorts(WebApplication app, GatewaySettings settings)
{
    private readonly Lazy<(int Api, int Ops)> bound = new(() =>
    {
        // In the order in which they were opened.
        var ports = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address).Port).ToArray();
        return (settings.Listeners.Api.Port is 0 ? ports[0] : settings.Listeners.Api.Port, settings.Listeners.Ops.Port is 0 ? ports[1] : settings.Listeners.Ops.Port);
    });

    public int Api => bound.Value.Api;

    public int Ops => bound.Value.Ops;

    public bool IsOf(HttpContext context, Listener listener) => listener switch
    {
        Listener.Api => context.Connection.LocalPort == Api,
        Listener.Ops => context.Connection.LocalPort == Ops,
    };
}
