using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Requests;

[Collection(GatewayCollection.Name)]
public sealed class HeaderTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    private const string Line = "GET /corporate/v1/accounts HTTP/1.1\r\n";

    [Theory]
    [InlineData("Upgrade: websocket\r\nConnection: Upgrade")]
    [InlineData("Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__")]
    [InlineData("Trailer: X-Later")]
    [InlineData("Expect: something-else")]
    [InlineData("Expect: 100-continue, more")]
    [InlineData("X-HTTP-Method-Override: DELETE")]
    [InlineData("X-HTTP-Method: DELETE")]
    [InlineData("X-Method-Override: DELETE")]
    [InlineData("X-Original-URL: /ops/v1/decisions")]
    [InlineData("X-Rewrite-URL: /ops/v1/decisions")]
    [InlineData("Corpsecure-Assertion: e30.e30.e30")]
    [InlineData("Corpsecure-Decision-Id: 00000000-0000-0000-0000-000000000000")]
    [InlineData("User-Agent: n\u00C3\u00A4iv")]
    [InlineData("Accept-Language: \u00C3\u00A9")]
    [InlineData("If-None-Match: \"\u00C3\u00A9\"")]
    public Task A_header_that_would_change_the_message_is_refused(string header) =>
        World.ShouldRefuseRawAsync($"{Line}{World.Headers()}{header}\r\n", 400, "header.forbidden");

    [Theory]
    [InlineData("Authorization: Bearer x")]
    [InlineData("Idempotency-Key: 12345678\r\nIdempotency-Key: 87654321")]
    [InlineData("DPoP: a.b.c\r\nDPoP: d.e.f")]
    [InlineData("Content-Type: application/json\r\nContent-Type: text/plain")]
    public Task A_header_twice_is_refused_where_once_is_meant(string header) =>
        World.ShouldRefuseRawAsync($"{Line}{World.Headers()}{header}\r\n", 400, "header.repeated");

    [Theory]
    [InlineData("Idempotency-Key: short")]
    [InlineData("Idempotency-Key: with blank")]
    [InlineData("Idempotency-Key: ")]
    public Task An_idempotency_key_that_is_none_is_refused(string header) =>
        World.ShouldRefuseRawAsync($"{Line}{World.Headers()}{header}\r\n", 400, "idempotency-key.malformed");

    [Fact]
    public Task A_payment_without_idempotency_key_is_refused() =>
        World.ShouldRefuseAsync(ARequest.PaymentBy(World, "anna", "anna-1").Without("Idempotency-Key"), 400, "idempotency-key.missing");

    [Fact]
    public async Task A_host_that_names_another_server_is_misdirected()
    {
        foreach (var host in new[] { $"localhost:{World.OpsPort}", "localhost", "bank.example", $"127.0.0.1:{World.ApiPort}", $"localhost.:{World.ApiPort}" })
            await World.ShouldRefuseRawAsync($"{Line}Host: {host}\r\nAuthorization: Bearer {People.CertificateToken(World, "anna")}\r\n", 421, "host.unknown");
    }

    [Fact]
    public async Task The_case_of_the_host_does_not_matter() =>
        (await Wire.ExchangeAsync(World, $"{Line}{World.Headers().Replace("localhost", "LocalHost", StringComparison.Ordinal)}\r\n")).Status.ShouldBe(200);

    [Fact]
    public async Task Without_a_host_or_with_two_there_is_a_bare_refusal()
    {
        var token = $"Authorization: Bearer {People.CertificateToken(World, "anna")}\r\n";
        await World.ShouldRefuseBareAsync($"{Line}{token}");
        await World.ShouldRefuseBareAsync($"{Line}{World.Headers()}Host: localhost:{World.ApiPort}\r\n");
        await World.ShouldRefuseBareAsync($"{Line}{token}Host: local host\r\n");
    }

    [Theory]
    [InlineData("Content-Length: 1, 2")]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: 1\r\nContent-Length: 2")]
    [InlineData("Transfer-Encoding: gzip")]
    [InlineData("Transfer-Encoding: chunked, identity")]
    [InlineData("Bad Name: x")]
    [InlineData(" folded: x")]
    [InlineData("X-Null: a\0b")]
    public Task Framing_that_is_none_gets_a_bare_refusal(string header) => World.ShouldRefuseBareAsync($"{Line}{World.Headers()}{header}\r\n");

    [Fact]
    public async Task Two_framings_of_one_body_are_refused()
    {
        var request = ARequest.PaymentBy(World, "anna", "anna-1").Build();
        var body = await request.Content!.ReadAsStringAsync();
        await World.ShouldRefuseRawAsync($"{Wire.Head(request)}Content-Length: {body.Length}\r\nTransfer-Encoding: chunked\r\n", 400, "header.forbidden", $"{body.Length:x}\r\n{body}\r\n0\r\n\r\n");
    }

    [Fact]
    public Task Headers_without_end_get_a_bare_refusal() => World.ShouldRefuseBareAsync($"{Line}{World.Headers()}X-Long: {new string('a', 40_000)}\r\n");

    [Fact]
    public async Task Every_answer_tells_browsers_to_keep_out()
    {
        var refused = await World.ShouldRefuseRawAsync($"{Line}Host: localhost:{World.ApiPort}\r\n", 401, "token.missing");
        var passed = await Wire.ExchangeAsync(World, $"GET /corporate/v1/payees HTTP/1.1\r\n{World.Headers()}\r\n");
        var shown = await Wire.ExchangeAsync(World, Wire.Head(new ARequest(World, HttpMethod.Get, "/ops/v1/decisions?limit=1") { Origin = World.Ops }.By("rita").Build()) + "\r\n", World.OpsPort);
        foreach (var answer in new[] { refused, passed, shown })
        {
            answer.DecisionId.Version.ShouldBe(7);
            answer.Headers["Strict-Transport-Security"].ShouldBe(["max-age=31536000"]);
            answer.Headers["X-Content-Type-Options"].ShouldBe(["nosniff"]);
            answer.Headers["Cache-Control"].ShouldBe(["no-store"]);
            answer.Headers["Server"].ShouldBeEmpty();
        }

        (passed.Status, shown.Status).ShouldBe((200, 200));
    }
}
