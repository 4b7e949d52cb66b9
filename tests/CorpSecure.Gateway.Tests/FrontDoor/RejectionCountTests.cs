using System.Diagnostics.Metrics;
using System.Net.Sockets;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.FrontDoor;

/// <summary>What is refused below any decision is counted, by the layer at which it broke.</summary>
[Collection(GatewayCollection.Name)]
public sealed class RejectionCountTests(Surroundings surroundings) : FrontDoorTests(surroundings)
{
    [Fact]
    public Task Bytes_that_are_no_request_are_counted() => ShouldCountAsync("http1", () => ShouldTurnAwayAsync("nonsense\r\n\r\n"));

    [Fact]
    public Task What_the_filter_refuses_is_counted() =>
        ShouldCountAsync("http1", () => ShouldTurnAwayAsync($"GET /corporate/v1/payees HTTP/1.1\r\n{World.Headers()}Content-Length: +0\r\n\r\n"));

    [Fact]
    public Task A_connection_that_breaks_the_protocol_is_counted() => ShouldCountAsync("http2", async () =>
    {
        await using var wire = await Http2Wire.OpenAsync(World);
        await wire.SendAsync(Http2Wire.Frame(Http2Wire.Ping, 0, 1, new byte[8]));
        (await wire.OutcomeAsync(1)).ShouldBe("goaway");
    });

    [Fact]
    public Task A_handshake_that_is_none_is_counted() => ShouldCountAsync("tls", async () =>
    {
        using var plain = new TcpClient();
        await plain.ConnectAsync("127.0.0.1", World.ApiPort);
        await plain.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
        while (await plain.GetStream().ReadAsync(new byte[100]) > 0)
        {
        }
    });

    private static async Task ShouldCountAsync(string layer, Func<Task> act)
    {
        var counted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, published) =>
            {
                if (instrument.Name == "corpsecure_rejected_bytes_total")
                    published.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            if (tags.ToArray().Contains(new KeyValuePair<string, object?>("layer", layer)))
                counted.TrySetResult();
        });
        listener.Start();
        await act();
        await counted.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }
}
