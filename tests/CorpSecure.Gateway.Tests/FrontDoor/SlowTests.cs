using System.Net.Sockets;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.FrontDoor;

/// <summary>A gateway that waits a second only, and lets few in at a time.</summary>
public sealed class HastyWorld(Surroundings surroundings) : IAsyncLifetime
{
    public const int Connections = 12;

    public GatewayWorld World { get; private set; } = null!;

    public async Task InitializeAsync() => World = await GatewayWorld.StartAsync(
        surroundings,
        settings =>
        {
            settings["Listeners:Limits:HeadersTimeout"] = "00:00:01";
            settings["Listeners:Limits:KeepAliveTimeout"] = "00:00:01";
            settings["Listeners:Limits:BodyRate"] = "1000";
            settings["Listeners:Limits:Grace"] = "00:00:01.100";
            settings["Listeners:Limits:Connections"] = $"{Connections}";
        },
        PolicyText.Roomy);

    public async Task DisposeAsync() => await World.DisposeAsync();
}

/// <summary>Who sends slowly, stops in the middle or just holds on is let go.</summary>
[Collection(GatewayCollection.Name)]
public sealed class SlowTests(HastyWorld hasty) : IClassFixture<HastyWorld>
{
    private readonly GatewayWorld world = hasty.World;

    [Theory]
    [InlineData("G")]
    [InlineData("GET /corporate/v1/payees HTTP/1.1\r\n")]
    [InlineData("GET /corporate/v1/payees HTTP/1.1\r\nHost: localhost\r\nX: ")]
    [InlineData("GET /corporate/v1/payees HTTP/1.1\r\nHost: localhost\r\nX: y\r\n")]
    public async Task A_head_that_does_not_end_is_not_waited_for(string beginning)
    {
        await using var wire = await Wire.OpenAsync(world);
        await wire.SendAsync(beginning);
        (await wire.ReadToEndAsync()).Select(answer => answer.Status).ShouldBe([408]);
    }

    [Fact]
    public async Task A_connection_without_a_request_is_closed()
    {
        await using var wire = await Wire.OpenAsync(world);
        (await wire.ReadToEndAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\n{")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\n{")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n")]
    public async Task A_body_that_trickles_is_not_waited_for(string rest)
    {
        var before = world.LastCoreCall();
        await using var wire = await Wire.OpenAsync(world);
        await wire.SendAsync(Wire.Head(ARequest.PaymentBy(world, "anna", "anna-1").Build()) + rest);
        (await wire.ReadToEndAsync()).ShouldHaveSingleItem().Code.ShouldBe("body.incomplete");
        world.LastCoreCall().ShouldBe(before);
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\n{")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\n{")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n")]
    public async Task A_body_that_ends_early_is_not_forwarded(string rest)
    {
        var before = world.LastCoreCall();
        await using (var wire = await Wire.OpenAsync(world))
        {
            await wire.SendAsync(Wire.Head(ARequest.PaymentBy(world, "anna", "anna-1").Build()) + rest);
            await wire.FinishAsync();
            await wire.SkipToEndAsync();
        }

        await ShouldServeAsync(before);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET /corporate/v1/pay")]
    [InlineData("GET /corporate/v1/payees HTTP/1.1\r\nHost: localhost\r\nX: y\r")]
    public async Task A_head_that_ends_early_is_no_request(string beginning)
    {
        var before = world.LastCoreCall();
        await using (var wire = await Wire.OpenAsync(world))
        {
            await wire.SendAsync(beginning);
            await wire.FinishAsync();
            await wire.SkipToEndAsync();
        }

        await ShouldServeAsync(before);
    }

    [Theory]
    [InlineData("GET /corporate/v1/pay")]
    [InlineData("POST /corporate/v1/payments HTTP/1.1\r\nContent-Length: 5\r\n\r\n")]
    public async Task A_connection_that_breaks_is_no_request(string beginning)
    {
        var before = world.LastCoreCall();
        var wire = await Wire.OpenAsync(world);
        await wire.SendAsync(beginning);
        wire.Abort();
        await ShouldServeAsync(before);
    }

    [Fact]
    public async Task A_door_that_is_full_turns_away_and_the_other_door_stays_open()
    {
        world.Http.Dispose();
        var held = new List<Socket>();
        var turnedAway = false;
        for (var i = 0; i < 2 * HastyWorld.Connections && !turnedAway; i++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            held.Add(socket);
            await socket.ConnectAsync("127.0.0.1", world.ApiPort);
            turnedAway = i >= HastyWorld.Connections && await socket.ReceiveAsync(new byte[1]) == 0; // closed before any handshake
        }

        turnedAway.ShouldBeTrue();
        using var client = world.Client();
        (await client.GetAsync(new Uri($"{world.Ops}/health/live"))).IsSuccessStatusCode.ShouldBeTrue();
        held.ForEach(socket => socket.Dispose());
    }

    private async Task ShouldServeAsync(long before)
    {
        world.LastCoreCall().ShouldBe(before);
        (await Wire.ExchangeAsync(world, $"GET /corporate/v1/payees HTTP/1.1\r\n{world.Headers()}\r\n")).Status.ShouldBe(200);
        world.LastCoreCall().ShouldBe(before + 1);
    }
}
