using System.Net;
using System.Net.Sockets;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.ProxyProtocol;

[Collection(GatewayCollection.Name)]
public sealed class ProxyProtocolTests(Surroundings surroundings)
{
    private const string Setting = "TrustedProxies:ProxyProtocol:0";
    private static readonly byte[] Alice = Headers.Proxied(IPAddress.Parse("203.0.113.1"), 50_000);
    private static readonly byte[] Bob = Headers.Proxied(IPAddress.Parse("203.0.113.2"), 50_000);

    [Fact]
    public async Task Behind_a_balancer_each_client_has_a_limit_of_its_own()
    {
        await using var world = await GatewayWorld.StartAsync(surroundings, settings => settings[Setting] = "127.0.0.0/8", PolicyText.Limited(1));

        (await StatusAsync(world, Alice)).ShouldBe(401);
        (await StatusAsync(world, Alice)).ShouldBe(429);
        (await StatusAsync(world, Bob)).ShouldBe(401);
        (await StatusAsync(world, Headers.Local)).ShouldBe(401, "the balancer itself");
        (await StatusAsync(world, [])).ShouldBeNull("a balancer that forgets to say for whom");
        world.LastCoreCall().ShouldBe(0);
    }

    [Fact]
    public async Task From_anywhere_else_nobody_can_claim_an_address()
    {
        await using var world = await GatewayWorld.StartAsync(surroundings, settings => settings[Setting] = "10.0.0.0/8", PolicyText.Limited(1));

        (await StatusAsync(world, Alice)).ShouldBeNull();
        (await StatusAsync(world, [])).ShouldBe(401);
        (await StatusAsync(world, [])).ShouldBe(429);
    }

    /// <returns>Null when the connection came to nothing.</returns>
    private static async Task<int?> StatusAsync(GatewayWorld world, byte[] header)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { CertificateChainPolicy = world.Surroundings.Authority.ChainPolicy },
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
                await socket.SendAsync(header, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        try
        {
            return (int)(await http.GetAsync(world.Api + "/corporate/v1/accounts")).StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
