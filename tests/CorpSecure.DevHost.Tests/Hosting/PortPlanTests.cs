using System.Net;
using System.Net.Sockets;
using CorpSecure.DevHost.Hosting;

namespace CorpSecure.DevHost.Tests.Hosting;

public sealed class PortPlanTests
{
    [Fact]
    public async Task A_taken_port_is_named_together_with_the_way_out()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var plan = new PortPlan(port - new PortPlan(0).Core);

        var fault = await Should.ThrowAsync<ConfigurationFaultException>(() => plan.EnsureFreeAsync(withPostgres: true, TimeProvider.System, CancellationToken.None));
        fault.Message.ShouldContain($"{port} (core bank)");
        fault.Message.ShouldContain("--port-offset");
    }

    [Fact]
    public async Task An_offset_beyond_the_ports_is_refused() =>
        await Should.ThrowAsync<ConfigurationFaultException>(() => new PortPlan(60_000).EnsureFreeAsync(true, TimeProvider.System, CancellationToken.None));
}
