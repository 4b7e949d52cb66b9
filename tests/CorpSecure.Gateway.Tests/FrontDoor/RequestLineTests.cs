using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.FrontDoor;

/// <summary>RFC 9112 section 3: method, target, version, with one space between.</summary>
[Collection(GatewayCollection.Name)]
public sealed class RequestLineTests(Surroundings surroundings) : FrontDoorTests(surroundings)
{
    [Theory]
    [InlineData("GET  /corporate/v1/payees HTTP/1.1")]
    [InlineData("GET /corporate/v1/payees  HTTP/1.1")]
    [InlineData("GET /corporate/v1/payees HTTP/1.1 ")]
    [InlineData(" GET /corporate/v1/payees HTTP/1.1")]
    [InlineData("GET\t/corporate/v1/payees HTTP/1.1")]
    [InlineData("GET /corporate/v1/payees\tHTTP/1.1")]
    [InlineData("GET\v/corporate/v1/payees\vHTTP/1.1")]
    [InlineData("GET /corporate/v1/payees x HTTP/1.1")]
    [InlineData("GET /corporate/v1/payees HTTP/1.1 HTTP/1.1")]
    [InlineData("GET /corporate/v1/payees\rHTTP/1.1")]
    [InlineData("GET /corporate/v1/payees")]
    [InlineData("GET  HTTP/1.1")]
    [InlineData("GET HTTP/1.1")]
    [InlineData("GET")]
    [InlineData("/corporate/v1/payees HTTP/1.1")]
    [InlineData(": GET /corporate/v1/payees HTTP/1.1")]
    public Task A_line_that_is_none_is_refused(string line) => ShouldTurnAwayAsync($"{line}\r\n{World.Headers()}\r\n");

    [Theory]
    [InlineData("HTTP/1.1x")]
    [InlineData("HTTP/1")]
    [InlineData("HTTP/1.")]
    [InlineData("HTTP/1.10")]
    [InlineData("HTTP/01.1")]
    [InlineData("HTTP/0.9")]
    [InlineData("HTTP/1.2")]
    [InlineData("HTTP/2.0")]
    [InlineData("HTTP/2")]
    [InlineData("HTTP/3.0")]
    [InlineData("HTTP/9.9")]
    [InlineData("HTTP/11.1")]
    [InlineData("http/1.1")]
    [InlineData("Http/1.1")]
    [InlineData("HTTPS/1.1")]
    [InlineData("XTTP/1.1")]
    [InlineData("HTTP\\1.1")]
    [InlineData("HTTP/1,1")]
    [InlineData("HTTP /1.1")]
    public Task A_version_that_is_not_spoken_here_is_refused(string version) =>
        ShouldTurnAwayAsync($"GET /corporate/v1/payees {version}\r\n{World.Headers()}\r\n", 400, 505);

    [Theory]
    [InlineData("https://localhost:1/corporate/v1/payees")]
    [InlineData("HTTPS://LOCALHOST/corporate/v1/payees")]
    [InlineData("ftp://localhost/corporate/v1/payees")]
    [InlineData("file:///corporate/v1/payees")]
    [InlineData("javascript:x")]
    [InlineData("corporate/v1/payees")]
    [InlineData("../corporate/v1/payees")]
    [InlineData("?/corporate/v1/payees")]
    [InlineData("*/corporate/v1/payees")]
    [InlineData("%2Fcorporate/v1/payees")]
    [InlineData("\\corporate\\v1\\payees")]
    [InlineData("/corporate\\v1\\payees")]
    [InlineData("/corporate/v1/payees#fragment")]
    [InlineData("/corporate/v1/payees#?")]
    [InlineData("//corporate/v1/payees")]
    [InlineData("/corporate//v1/payees")]
    [InlineData("/corporate/v1/payees/")]
    [InlineData("/./corporate/v1/payees")]
    [InlineData("/corporate/v1/x/../payees")]
    [InlineData("/corporate/v1/x/%2e%2e/payees")]
    [InlineData("/corporate/v1/x/..;/payees")]
    [InlineData("/corporate/v1/..%2fpayees")]
    [InlineData("/corporate/v1/..%5cpayees")]
    [InlineData("/corporate/v1/%70ayees")]
    [InlineData("/corporate/v1/payees%00")]
    [InlineData("/corporate/v1/payees%0d%0aX: y")]
    [InlineData("/corporate/v1/payees%20")]
    [InlineData("/corporate/v1/payees%2")]
    [InlineData("/corporate/v1/payees%zz")]
    [InlineData("/corporate/v1/payees%u0061")]
    [InlineData("/corporate/v1/payees%c0%af")]
    [InlineData("/corporate/v1/payees;x=y")]
    [InlineData("/corporate/v1/payees?")]
    [InlineData("/corporate/v1/payees?a=%00")]
    [InlineData("/corporate/v1/payees?a=%0A")]
    [InlineData("/corporate/v1/payees?a=<b>")]
    [InlineData("/corporate/v1/payees?a=\"b\"")]
    [InlineData("/corporate/v1/payees?a={b}")]
    [InlineData("/corporate/v1/payees?a=b#c")]
    public Task A_target_with_two_spellings_is_refused(string target) => ShouldTurnAwayAsync($"GET {target} HTTP/1.1\r\n{World.Headers()}\r\n", 400, 405);

    [Theory]
    [InlineData("OPTIONS *")]
    [InlineData("GET *")]
    [InlineData("CONNECT localhost:443")]
    [InlineData("CONNECT /corporate/v1/payees:443")]
    [InlineData("CONNECT *")]
    [InlineData("GET localhost:443")]
    [InlineData("PRI *")]
    public Task Another_form_of_target_is_refused(string start) => ShouldTurnAwayAsync($"{start} HTTP/1.1\r\n{World.Headers()}\r\n", 400, 405);

    [Theory]
    [InlineData("G(T")]
    [InlineData("G@T")]
    [InlineData("G/T")]
    [InlineData("\"GET\"")]
    [InlineData("GET:")]
    [InlineData("G\u00cbT")]
    [InlineData("G,T")]
    public Task A_method_that_is_no_token_is_refused(string method) => ShouldTurnAwayAsync($"{method} /corporate/v1/payees HTTP/1.1\r\n{World.Headers()}\r\n");

    [Theory]
    [InlineData("get")]
    [InlineData("TRACE")]
    [InlineData("TRACK")]
    [InlineData("DEBUG")]
    [InlineData("PROPFIND")]
    [InlineData("GETX")]
    [InlineData("!")]
    [InlineData("HEAD")]
    public async Task A_method_that_the_path_does_not_have_is_not_allowed_and_not_forwarded(string method)
    {
        var before = World.LastCoreCall();
        (await Wire.ExchangeAsync(World, $"{method} /corporate/v1/accounts HTTP/1.1\r\nConnection: close\r\n{World.Headers()}\r\n", head: method == "HEAD")).Status.ShouldBe(405);
        World.LastCoreCall().ShouldBe(before);
    }

    [Fact]
    public Task A_preface_of_the_next_version_opens_nothing() => ShouldEndAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    [Fact]
    public async Task A_request_without_a_version_gets_no_page() => await ShouldTurnAwayAsync("GET /corporate/v1/payees\r\n\r\n");

    private async Task ShouldEndAsync(string message)
    {
        var before = World.LastCoreCall();
        await using var wire = await Wire.OpenAsync(World);
        await wire.SendAsync(message + Good);
        await wire.SkipToEndAsync();
        World.LastCoreCall().ShouldBe(before);
    }
}
