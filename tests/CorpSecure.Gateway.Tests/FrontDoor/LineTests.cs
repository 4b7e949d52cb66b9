using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.FrontDoor;

/// <summary>RFC 9112 sections 2.2 and 5, RFC 9110 section 5: lines end in CRLF, names are tokens, values are printable.</summary>
[Collection(GatewayCollection.Name)]
public sealed class LineTests(Surroundings surroundings) : FrontDoorTests(surroundings)
{
    private const string Line = "GET /corporate/v1/payees HTTP/1.1\r\n";

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\r\n")]
    [InlineData("\n\r")]
    [InlineData("\v\n")]
    public async Task A_line_that_does_not_end_in_both_is_refused(string end)
    {
        await ShouldTurnAwayAsync($"GET /corporate/v1/payees HTTP/1.1{end}{World.Headers()}\r\n");
        await ShouldTurnAwayAsync($"{Line}Accept: */*{end}{World.Headers()}\r\n");
        await ShouldTurnAwayAsync($"{Line}{World.Headers()}Accept: */*{end}\r\n");
        await ShouldTurnAwayAsync($"{Line}{World.Headers()}{end}");
        await ShouldTurnAwayAsync($"{end}{Line}{World.Headers()}\r\n");
        await ShouldTurnAwayAsync($"{Line}{World.Headers()}\r\n".Replace("\r\n", end, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("X: a\r\n b")]
    [InlineData("X: a\r\n\tb")]
    [InlineData("X: a\r\n b: c")]
    [InlineData("X: a\r\n\r b: c")]
    [InlineData("X:\r\n b")]
    [InlineData("X: a\r\n\vb: c")]
    public Task A_folded_line_is_refused(string header) => ShouldTurnAwayAsync($"{Line}{World.Headers()}{header}\r\n\r\n");

    [Theory]
    [InlineData(" ")]
    [InlineData("\t")]
    [InlineData(" X: y\r\n")]
    [InlineData("\t\r\n")]
    [InlineData(" \r\n")]
    public Task White_space_before_the_first_header_is_refused(string before) => ShouldTurnAwayAsync($"{Line}{before}{World.Headers()}\r\n");

    [Theory]
    [InlineData("\0")]
    [InlineData("\u0001")]
    [InlineData("\b")]
    [InlineData("\v")]
    [InlineData("\f")]
    [InlineData("\r")]
    [InlineData("\u001b")]
    [InlineData("\u007f")]
    [InlineData("\u0080")]
    [InlineData("\u00e9")]
    [InlineData("\u00ff")]
    public async Task A_control_character_or_a_byte_beyond_the_alphabet_is_refused(string character)
    {
        await ShouldTurnAwayAsync($"{Line}{World.Headers()}X: a{character}b\r\n\r\n");
        await ShouldTurnAwayAsync($"{Line}{World.Headers()}User-Agent: a{character}b\r\n\r\n");
        await ShouldTurnAwayAsync($"{Line}{World.Headers()}X{character}: y\r\n\r\n");
        await ShouldTurnAwayAsync($"{Line}{World.Headers()}{character}X: y\r\n\r\n");
        await ShouldTurnAwayAsync($"GET /corporate/v1/payees{character} HTTP/1.1\r\n{World.Headers()}\r\n");
        await ShouldTurnAwayAsync($"GET /corporate/v1/accounts?limit=1{character} HTTP/1.1\r\n{World.Headers()}\r\n");
        await ShouldTurnAwayAsync($"GE{character}T /corporate/v1/payees HTTP/1.1\r\n{World.Headers()}\r\n");
    }

    [Theory]
    [InlineData(": x")]
    [InlineData("x")]
    [InlineData("X Y: z")]
    [InlineData("X : y")]
    [InlineData("X\t: y")]
    [InlineData("X(Y): z")]
    [InlineData("X/Y: z")]
    [InlineData("X\"Y\": z")]
    [InlineData("X@Y: z")]
    [InlineData("X,Y: z")]
    [InlineData("X;Y: z")]
    [InlineData("X=Y: z")]
    [InlineData("X[Y]: z")]
    [InlineData("X{Y}: z")]
    [InlineData("X\\Y: z")]
    [InlineData("X<Y>: z")]
    [InlineData("X?: z")]
    public Task A_name_that_is_no_token_is_refused(string header) => ShouldTurnAwayAsync($"{Line}{World.Headers()}{header}\r\n\r\n");

    [Theory]
    [InlineData("X-Empty:")]
    [InlineData("X-Tab: a\tb")]
    [InlineData("!#$%&'*+-.^_`|~: x")]
    [InlineData("X:a:b: c")]
    public Task A_line_with_one_reading_is_read(string header) => ShouldLetInAsync($"{Line}{World.Headers()}{header}\r\n\r\n", 200);

    [Fact]
    public Task An_empty_line_before_the_request_line_is_ignored() => ShouldLetInAsync($"\r\n{Line}{World.Headers()}\r\n", 200);
}
