using CorpSecure.Gateway.Tests.World;
using static CorpSecure.Gateway.Tests.World.Http2Wire;

namespace CorpSecure.Gateway.Tests.FrontDoor;

/// <summary>Frames that break RFC 9113, and floods that keep to it.</summary>
[Collection(GatewayCollection.Name)]
public sealed class Http2FrameTests(Surroundings surroundings) : FrontDoorTests(surroundings)
{
    private static readonly byte[] Nothing = [];

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "data on the connection", Frame(Data, 0, 0, 1) },
        { "data on a stream that is idle", Frame(Data, 0, 5, 1) },
        { "headers on the connection", Frame(Headers, EndHeaders, 0, Block((":method", "GET"))) },
        { "headers on a stream of the server's", Frame(Headers, EndHeaders, 2, Block((":method", "GET"))) },
        { "headers that depend on themselves", Frame(Headers, EndHeaders | Prioritized, 1, 0, 0, 0, 1, 0) },
        { "headers padded beyond their end", Frame(Headers, EndHeaders | Padded, 1, 200, 0) },
        { "headers that are not compressed", Frame(Headers, EndHeaders, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF) },
        { "an index that is not in the table", Frame(Headers, EndHeaders, 1, 0xFE) },
        { "a table larger than agreed", Frame(Headers, EndHeaders, 1, 0x3F, 0xFF, 0xFF, 0x7F) },
        { "a promise by the client", Frame(Push, EndHeaders, 1, 0, 0, 0, 2) },
        { "continuation of nothing", Frame(Continuation, EndHeaders, 1, 0) },
        { "another frame inside a head", [.. Frame(Headers, 0, 1, 0), .. Frame(Ping, 0, 0, new byte[8])] },
        { "another stream inside a head", [.. Frame(Headers, 0, 1, 0), .. Frame(Continuation, EndHeaders, 3, 0)] },
        { "a reset of an idle stream", Frame(Reset, 0, 9, 0, 0, 0, 8) },
        { "a reset that is too short", Frame(Reset, 0, 1, 0) },
        { "settings of a stream", Frame(SettingsFrame, 0, 1) },
        { "settings that are cut off", Frame(SettingsFrame, 0, 0, 1, 2, 3) },
        { "an acknowledgement with a content", Frame(SettingsFrame, Ack, 0, new byte[6]) },
        { "a window beyond every limit", Frame(SettingsFrame, 0, 0, [0, 4, .. Number(0x80000000)]) },
        { "a frame size beyond every limit", Frame(SettingsFrame, 0, 0, [0, 5, .. Number(0x01000000)]) },
        { "a push setting that is none", Frame(SettingsFrame, 0, 0, [0, 2, .. Number(2)]) },
        { "a ping of a stream", Frame(Ping, 0, 1, new byte[8]) },
        { "a ping that is too short", Frame(Ping, 0, 0, new byte[7]) },
        { "a goodbye of a stream", Frame(GoAway, 0, 1, new byte[8]) },
        { "a window opened by nothing", Frame(WindowUpdate, 0, 0, Number(0)) },
        { "a window opened too far", Frame(WindowUpdate, 0, 0, Number(0x7FFFFFFF)) },
        { "a window of an idle stream", Frame(WindowUpdate, 0, 7, Number(1)) },
        { "a priority that is too short", Frame(Priority, 0, 1, 0) },
        { "a frame larger than agreed", Frame(Data, 0, 1, new byte[16 * 1024 + 1]) },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_frame_that_is_none_ends_the_connection(string what, byte[] frames)
    {
        await using var other = await OpenAsync(World);
        await using var wire = await OpenAsync(World);
        await wire.SendAsync(frames);
        (await wire.OutcomeAsync(int.MaxValue)).ShouldBeOneOf(["goaway", "closed"], what);
        await ShouldServeAsync(other);
    }

    [Fact]
    public async Task Streams_opened_and_reset_at_once_do_not_stop_the_others()
    {
        await using var other = await OpenAsync(World);
        await using var wire = await OpenAsync(World);
        await wire.SendAsync(Enumerable.Range(0, 2000).Select(i => (byte[])[.. Good(2 * i + 1), .. Frame(Reset, 0, 2 * i + 1, Number(8))]));
        (await wire.OutcomeAsync(int.MaxValue)).ShouldBeOneOf("goaway", "closed");
        await ShouldServeAsync(other);
    }

    [Theory]
    [InlineData(SettingsFrame, 0)]
    [InlineData(Ping, 8)]
    public async Task A_flood_that_asks_for_answers_does_not_stop_the_others(byte type, int length)
    {
        await using var other = await OpenAsync(World);
        await using var wire = await OpenAsync(World);
        var flood = Enumerable.Repeat(Frame(type, 0, 0, new byte[length]), 1000).SelectMany(frame => frame).ToArray();
        await wire.SendAsync(Enumerable.Repeat(flood, 20));
        await ShouldServeAsync(other);
    }

    [Fact]
    public async Task Empty_data_without_end_does_not_stop_the_others()
    {
        await using var other = await OpenAsync(World);
        await using var wire = await OpenAsync(World);
        var flood = Enumerable.Repeat(Frame(Data, 0, 1), 1000).SelectMany(frame => frame).ToArray();
        await wire.SendAsync([Frame(Headers, EndHeaders, 1, Block(Head())), .. Enumerable.Repeat(flood, 20)]);
        await ShouldServeAsync(other);
    }

    [Fact]
    public async Task A_head_that_never_ends_ends_the_connection()
    {
        await using var other = await OpenAsync(World);
        await using var wire = await OpenAsync(World);
        var more = Frame(Continuation, 0, 1, Block(("x", new string('a', 1000))));
        await wire.SendAsync([Frame(Headers, EndStream, 1, Block(Head())), .. Enumerable.Repeat(more, 100)]);
        (await wire.OutcomeAsync(1)).ShouldBeOneOf("goaway", "closed", "431");
        await ShouldServeAsync(other);
    }

    [Fact]
    public async Task Empty_continuations_without_end_do_not_stop_the_others()
    {
        await using var other = await OpenAsync(World);
        await using var wire = await OpenAsync(World);
        await wire.SendAsync([Frame(Headers, EndStream, 1, Block(Head())), .. Enumerable.Repeat(Frame(Continuation, 0, 1), 20_000)]);
        await ShouldServeAsync(other);
    }

    [Fact]
    public async Task A_head_that_is_too_large_is_refused()
    {
        await using var wire = await OpenAsync(World);
        var more = Frame(Continuation, 0, 1, Block(("x", new string('a', 12_000))));
        await wire.SendAsync(Frame(Headers, EndStream, 1, Block(Head())), more, more, more, Frame(Continuation, EndHeaders, 1, Nothing));
        (await wire.OutcomeAsync(1)).ShouldBeOneOf("goaway", "closed", "431");
    }

    [Fact]
    public async Task A_head_with_too_many_lines_is_refused()
    {
        await using var wire = await OpenAsync(World);
        await wire.SendAsync(Frame(Headers, EndStream | EndHeaders, 1, Block([.. Head(), .. Enumerable.Range(0, 70).Select(i => ($"x{i}", "y"))])));
        (await wire.OutcomeAsync(1)).ShouldBeOneOf("goaway", "closed", "431");
    }

    [Fact]
    public async Task A_reader_that_opens_no_window_does_not_stop_the_others()
    {
        await using var other = await OpenAsync(World);
        await using var wire = await OpenAsync(World, [0, 4, .. Number(0)]);
        await wire.SendAsync(Enumerable.Range(0, 50).Select(i => Good(2 * i + 1)));
        (await wire.OutcomeAsync(99)).ShouldBe("200"); // the head, which has no window
        await ShouldServeAsync(other);
    }

    [Fact]
    public async Task More_streams_than_agreed_are_refused()
    {
        await using var other = await OpenAsync(World);
        await using var wire = await OpenAsync(World);
        var head = Waiting();
        await wire.SendAsync(Enumerable.Range(0, 400).Select(i => Frame(Headers, EndHeaders, 2 * i + 1, Block(head))));
        (await wire.OutcomeAsync(799)).ShouldBeOneOf("reset", "goaway", "closed");
        await ShouldServeAsync(other);
    }

    [Fact]
    public async Task A_frame_of_an_unknown_type_is_ignored()
    {
        await using var wire = await OpenAsync(World);
        await wire.SendAsync(Frame(0xBE, 0xFF, 0, 1, 2, 3));
        await ShouldServeAsync(wire);
    }

    private string? token;

    private new byte[] Good(int stream) => Frame(Headers, EndHeaders | EndStream, stream, Block(Head()));

    private (string, string)[] Head() =>
    [
        (":method", "GET"), (":scheme", "https"), (":authority", $"localhost:{World.ApiPort}"), (":path", "/corporate/v1/payees"),
        ("authorization", $"Bearer {token ??= People.CertificateToken(World, "anna")}"),
    ];

    /// <summary>A payment that is good so far, and whose body is waited for.</summary>
    private (string, string)[] Waiting()
    {
        var request = ARequest.PaymentBy(World, "anna", "anna-1", Order).Build();
        return
        [
            (":method", "POST"), (":path", "/corporate/v1/payments"), .. Head()[1..3],
            .. request.Headers.Concat(request.Content!.Headers).Where(header => header.Key != "Content-Length")
                .Select(header => (header.Key.ToLowerInvariant(), string.Join(", ", header.Value))),
        ];
    }

    private async Task ShouldServeAsync(Http2Wire wire)
    {
        await wire.SendAsync(Good(1));
        (await wire.OutcomeAsync(1)).ShouldBe("200");
    }
}
