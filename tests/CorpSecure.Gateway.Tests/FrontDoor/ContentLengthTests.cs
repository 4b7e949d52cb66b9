using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.FrontDoor;

/// <summary>RFC 9110 section 8.6, RFC 9112 section 6.3: one length, in digits.</summary>
[Collection(GatewayCollection.Name)]
public sealed class ContentLengthTests(Surroundings surroundings) : FrontDoorTests(surroundings)
{
    [Theory]
    [InlineData("Content-Length: +{0}")]
    [InlineData("Content-Length: -{0}")]
    [InlineData("Content-Length: -0")]
    [InlineData("Content-Length: +0")]
    [InlineData("Content-Length: \v{0}")]
    [InlineData("Content-Length: {0}\f")]
    [InlineData("Content-Length: {0},")]
    [InlineData("Content-Length: {0}, {0}")]
    [InlineData("Content-Length: {0};x=1")]
    [InlineData("Content-Length: {0} {0}")]
    [InlineData("Content-Length: {0}.0")]
    [InlineData("Content-Length: {0}e0")]
    [InlineData("Content-Length: 0x{0}")]
    [InlineData("Content-Length: \"{0}\"")]
    [InlineData("Content-Length: chunked")]
    [InlineData("Content-Length:")]
    [InlineData("Content-Length: {0}\r\nContent-Length: {0}")]
    [InlineData("Content-Length: {0}\r\nContent-Length: 0")]
    [InlineData("Content-Length: 0\r\nContent-Length: {0}")]
    [InlineData("Content-Length: {0}\r\ncontent-length: 1")]
    [InlineData("Content-Length: 9223372036854775807")]
    [InlineData("Content-Length: 9223372036854775808")]
    [InlineData("Content-Length: 18446744073709551616")]
    [InlineData("Content-Length: 99999999999999999999999999")]
    [InlineData("Content-Length : {0}")]
    [InlineData("Content-Length\t: {0}")]
    [InlineData("Content-Length\v: {0}")]
    [InlineData("Content-Length\0: {0}")]
    [InlineData(" Content-Length: {0}")]
    [InlineData("\vContent-Length: {0}")]
    [InlineData("Content-Length: {0}\r\n\vContent-Length: 0")]
    [InlineData("Content-Length:\r\n {0}")]
    public Task A_length_that_is_none_or_two_is_refused(string header) => ShouldTurnAwayAsync($"{Payment()}{Of(header)}\r\n\r\n{Order}");

    [Fact]
    public Task A_length_beyond_every_limit_is_refused() => ShouldTurnAwayAsync($"{Payment()}Content-Length: 999999999999999999\r\n\r\n{Order}", 413);

    [Theory]
    [InlineData("Content-Length: {0}")]
    [InlineData("content-LENGTH:{0}")]
    [InlineData("Content-Length: \t {0} \t")]
    [InlineData("Content-Length: 000{0}")]
    public Task A_length_in_digits_is_read(string header) => ShouldLetInAsync($"{Payment()}{Of(header)}\r\n\r\n{Order}", 201);

    [Fact]
    public Task A_read_with_a_body_is_refused_with_its_body() => ShouldTurnAwayAsync($"GET /corporate/v1/payees HTTP/1.1\r\n{World.Headers()}Content-Length: 5\r\n\r\nhello");

    private static string Of(string header) => string.Format(System.Globalization.CultureInfo.InvariantCulture, header, Order.Length);
}
