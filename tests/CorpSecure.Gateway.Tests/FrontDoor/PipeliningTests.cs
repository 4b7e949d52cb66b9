using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.FrontDoor;

[Collection(GatewayCollection.Name)]
public sealed class PipeliningTests(Surroundings surroundings) : FrontDoorTests(surroundings)
{
    [Fact]
    public async Task Requests_sent_together_are_answered_in_their_order()
    {
        await using var wire = await Wire.OpenAsync(World);
        var missing = $"GET /corporate/v1/nothing HTTP/1.1\r\n{World.Headers()}\r\n";
        var payment = $"{Payment()}Content-Length: {Order.Length}\r\n\r\n{Order}";
        var chunked = $"{Payment()}Transfer-Encoding: chunked\r\n\r\n{Chunk}0\r\n\r\n";
        await wire.SendAsync(Good + payment + missing + chunked + Good);
        var statuses = new List<int>();
        while (statuses.Count < 5)
            statuses.Add((await wire.ReadAsync()).Status);
        statuses.ShouldBe([200, 201, 404, 201, 200]);
    }

    [Theory]
    [InlineData("Content-Length: +5\r\n\r\nhello")]
    [InlineData("X: y\nZ: a\r\n\r\n")]
    [InlineData("Upgrade: websocket\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5;x\r\nhello\r\n0\r\n\r\n")]
    public async Task Good_requests_before_a_bad_one_are_answered_and_none_after_it(string bad)
    {
        var before = World.LastCoreCall();
        await using var wire = await Wire.OpenAsync(World);
        await wire.SendAsync($"{Good}{Good}GET /corporate/v1/payees HTTP/1.1\r\n{World.Headers()}{bad}{Good}{Good}");
        (await wire.ReadToEndAsync()).Select(answer => answer.Status).ShouldBe([200, 200, 400]);
        World.LastCoreCall().ShouldBe(before + 2);
    }

    [Theory]
    [InlineData("X: y\nZ: a\r\n\r\n")]
    [InlineData("Content-Length: +5\r\n\r\nhello")]
    public async Task A_bad_line_is_refused_wherever_its_bytes_are_split(string rest)
    {
        var message = $"GET /corporate/v1/payees HTTP/1.1\r\n{World.Headers()}{rest}";
        for (var split = message.Length - rest.Length - 1; split < message.Length - 1; split += 3)
        {
            await using var wire = await Wire.OpenAsync(World);
            await wire.SendAsync(message[..split]);
            await wire.SendAsync(message[split..]);
            (await wire.ReadToEndAsync()).Select(answer => answer.Status).ShouldBe([400]);
        }
    }

    [Fact]
    public async Task A_request_that_arrives_byte_by_byte_is_read()
    {
        await using var wire = await Wire.OpenAsync(World);
        foreach (var one in $"{Payment()}Transfer-Encoding: chunked\r\n\r\n{Chunk}0\r\n\r\n")
            await wire.SendAsync(one.ToString());
        (await wire.ReadAsync()).Status.ShouldBe(201);
    }
}
