using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Requests;

[Collection(GatewayCollection.Name)]
public sealed class TargetTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    [Theory]
    [InlineData("/corporate/v1/accounts/../payees")]
    [InlineData("/corporate/v1/./accounts")]
    [InlineData("/corporate/v1/accounts/..")]
    [InlineData("/corporate/v1/%2e%2e/accounts")]
    [InlineData("/corporate/v1/accounts%2Facc-acme-001")]
    [InlineData("/corporate/v1/accounts%2facc-acme-001")]
    [InlineData("/corporate/v1/%61ccounts")]
    [InlineData("/corporate/v1/%2561ccounts")]
    [InlineData("/corporate//v1/accounts")]
    [InlineData("//corporate/v1/accounts")]
    [InlineData("/corporate/v1/accounts/")]
    [InlineData("/corporate/v1/accounts;v=1")]
    [InlineData("/corporate;x/v1/accounts")]
    [InlineData("/corporate\\v1\\accounts")]
    [InlineData("/corporate/v1/accounts%5Cx")]
    [InlineData("/corporate/v1/accounts%0d%0aX-Evil:1")]
    [InlineData("/corporate/v1/accounts?cursor=%2f")]
    [InlineData("/corporate/v1/accounts?cursor=%41")]
    [InlineData("/corporate/v1/accounts?cursor=%0A")]
    [InlineData("/corporate/v1/accounts?cursor=%")]
    [InlineData("/corporate/v1/accounts?cursor=%4")]
    [InlineData("/corporate/v1/accounts?cursor=<x>")]
    [InlineData("/corporate/v1/accounts?a;b")]
    [InlineData("/corporate/v1/accounts#top")]
    public async Task A_target_that_could_be_read_in_two_ways_is_refused(string target) =>
        await World.ShouldRefuseRawAsync($"GET {target} HTTP/1.1\r\n{World.Headers()}", 400, "target.not-canonical");

    [Fact]
    public Task An_overlong_target_is_refused() =>
        World.ShouldRefuseRawAsync($"GET /corporate/v1/accounts?cursor={new string('a', 4096)} HTTP/1.1\r\n{World.Headers()}", 400, "target.not-canonical");

    [Fact]
    public Task The_absolute_form_is_refused() =>
        World.ShouldRefuseRawAsync($"GET {World.Api}/corporate/v1/accounts HTTP/1.1\r\n{World.Headers()}", 400, "target.not-canonical");

    [Fact]
    public Task The_asterisk_form_is_refused() => World.ShouldRefuseRawAsync($"OPTIONS * HTTP/1.1\r\n{World.Headers()}", 400, "target.not-canonical");

    [Fact]
    public Task A_tunnel_is_refused() =>
        World.ShouldRefuseRawAsync($"CONNECT localhost:{World.ApiPort} HTTP/1.1\r\n{World.Headers()}", 400, "target.not-canonical");

    [Theory]
    [InlineData("GET /corporate/v1/accounts\0 HTTP/1.1")]
    [InlineData("GET /corporate/v1/acc\u0001ounts HTTP/1.1")]
    [InlineData("GET /corporate/v1/accounts x HTTP/1.1")]
    [InlineData("GET corporate/v1/accounts HTTP/1.1")]
    [InlineData("GET * HTTP/1.1")]
    [InlineData("G\u00EBT /corporate/v1/accounts HTTP/1.1")]
    [InlineData("GET /corporate/v1/accounts%00 HTTP/1.1")]
    [InlineData("GET /corporate/v1/accounts")]
    public Task A_request_line_that_is_none_gets_a_bare_refusal(string line) => World.ShouldRefuseBareAsync($"{line}\r\n{World.Headers()}");

    [Fact]
    public Task An_endless_request_line_gets_a_bare_refusal() => World.ShouldRefuseBareAsync($"GET /{new string('a', 9000)} HTTP/1.1\r\n{World.Headers()}");

    [Theory]
    [InlineData("get")]
    [InlineData("Get")]
    [InlineData("TRACE")]
    [InlineData("OPTIONS")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PROPFIND")]
    [InlineData("POST")]
    public async Task A_known_path_with_another_method_names_the_one_it_has(string method)
    {
        var answer = await World.ShouldRefuseRawAsync($"{method} /corporate/v1/accounts HTTP/1.1\r\n{World.Headers()}", 405, "method.unknown");
        answer.Headers["Allow"].ShouldBe(["GET"]);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/corporate/v1/Accounts")]
    [InlineData("/corporate/v1/accounts/acc-acme-001/secrets")]
    [InlineData("/corporate/v1/payments/by-idempotency-key/x")]
    [InlineData("/ops/v1/decisions")]
    [InlineData("/health")]
    [InlineData("/health/live")]
    [InlineData("/.well-known/openid-configuration")]
    public Task What_the_policy_does_not_name_does_not_exist(string target) =>
        World.ShouldRefuseRawAsync($"GET {target} HTTP/1.1\r\n{World.Headers()}", 404, "route.unknown");

    [Theory]
    [InlineData("/corporate/v1/accounts?limit=3")]
    [InlineData("/corporate/v1/accounts/acc-acme-001/transactions?limit=2")]
    public async Task A_query_is_passed_on_as_it_stands(string target)
    {
        var answer = await World.SendAsync(ARequest.Get(World, target).By("anna"));
        answer.Status.ShouldBe(200);
        World.Core.Calls.Latest(1)[0].Target.ShouldBe(target);
    }
}
