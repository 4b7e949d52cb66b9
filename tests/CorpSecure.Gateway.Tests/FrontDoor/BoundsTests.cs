using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.FrontDoor;

[Collection(GatewayCollection.Name)]
public sealed class BoundsTests(Surroundings surroundings) : FrontDoorTests(surroundings)
{
    private const string Line = "GET /corporate/v1/payees HTTP/1.1\r\n";

    [Theory]
    [InlineData(63)]
    [InlineData(1000)]
    public Task Too_many_headers_are_too_large(int more) => ShouldTurnAwayAsync($"{Line}{World.Headers()}{Lines(more)}\r\n", 431);

    [Fact]
    public Task As_many_headers_as_there_may_be_are_read() => ShouldLetInAsync($"{Line}{World.Headers()}{Lines(62)}\r\n", 200);

    [Theory]
    [InlineData(32 * 1024)]
    [InlineData(300_000)]
    public async Task A_line_that_is_too_long_is_too_large(int length)
    {
        await ShouldTurnAwayAsync($"{Line}{World.Headers()}X: {new string('a', length)}\r\n\r\n", 431);
        await ShouldTurnAwayAsync($"{Line}{World.Headers()}{new string('a', length)}: x\r\n\r\n", 431);
        await ShouldTurnAwayAsync($"{Line}{World.Headers()}X: {new string('a', length)}", 431);
    }

    [Fact]
    public Task Lines_that_are_too_long_together_are_too_large() =>
        ShouldTurnAwayAsync($"{Line}{World.Headers()}{string.Concat(Enumerable.Range(0, 40).Select(i => $"X{i}: {new string('a', 1000)}\r\n"))}\r\n", 431);

    [Theory]
    [InlineData(8 * 1024)]
    [InlineData(100_000)]
    public async Task A_request_line_that_is_too_long_is_refused(int length)
    {
        await ShouldTurnAwayAsync($"GET /{new string('a', length)} HTTP/1.1\r\n{World.Headers()}\r\n", 414);
        await ShouldTurnAwayAsync($"{new string('A', length)} / HTTP/1.1\r\n{World.Headers()}\r\n", 400, 414);
        await ShouldTurnAwayAsync($"GET / {new string('A', length)}\r\n{World.Headers()}\r\n", 400, 414);
    }

    [Fact]
    public Task A_trailer_that_is_too_long_is_refused() =>
        ShouldTurnAwayAsync($"{Payment()}Transfer-Encoding: chunked\r\n\r\n{Chunk}0\r\nX: {new string('a', 40_000)}\r\n\r\n");

    [Fact]
    public Task A_method_as_long_as_the_line_allows_is_not_allowed() => ShouldTurnAwayAsync($"{new string('A', 5000)} /corporate/v1/x//y HTTP/1.1\r\n{World.Headers()}\r\n");

    private static string Lines(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"X{i}: y\r\n"));
}
