using System.Text;
using CorpSecure.Gateway.Tests.World;
using Microsoft.AspNetCore.Http;

namespace CorpSecure.Gateway.Tests.Forwarding;

[Collection(GatewayCollection.Name)]
public sealed class HeaderHygieneTests(ScriptedWorld scripted) : IClassFixture<ScriptedWorld>
{
    private readonly ScriptedCore core = scripted.Core;
    private readonly GatewayWorld world = scripted.World;

    [Fact]
    public async Task The_core_sees_no_credential_hop_or_claim_of_the_client()
    {
        core.Received.Clear();
        core.Answer = context => context.Response.WriteAsync("{}");
        var request = ARequest.PaymentBy(world, "anna", "anna-1")
            .With("Cookie", "session=1").With("X-Forwarded-For", "203.0.113.1").With("X-Forwarded-Host", "evil").With("Forwarded", "for=evil")
            .With("X-Real-IP", "203.0.113.1").With("X-Client-Cert", "evil").With("Proxy-Authorization", "Basic x").With("TE", "trailers").With("Via", "1.1 evil")
            .With("Connection", "X-Custom").With("X-Custom", "1").With("Accept-Language", "de").With("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        var answer = await world.SendAsync(request);

        answer.Status.ShouldBe(200);
        var sent = core.Received.ShouldHaveSingleItem();
        sent.Keys.ShouldBe(
            ["Accept-Language", "Content-Digest", "Content-Length", "Content-Type", "Corpsecure-Assertion", "Corpsecure-Decision-Id", "Host", "Idempotency-Key", "traceparent"],
            ignoreOrder: true);
        sent["Idempotency-Key"].ToString().ShouldStartWith("cs-");
        sent["Corpsecure-Decision-Id"].ToString().ShouldBe(answer.DecisionId.ToString());
        sent["traceparent"].ToString().ShouldStartWith("00-");
        sent["traceparent"].ToString().ShouldNotContain("0af7651916cd43dd8448eb211c80319c"); // the gateway's own trace
    }

    [Fact]
    public async Task Equal_keys_of_two_clients_do_not_meet_and_a_repeat_has_the_same()
    {
        core.Received.Clear();
        core.Answer = context => context.Response.WriteAsync("{}");
        foreach (var (name, key, account) in new[] { ("anna", "anna-1", "acc-acme-001"), ("li", "li-1", "acc-huaxin-001"), ("anna", "anna-1", "acc-acme-001") })
        {
            var request = ARequest.PaymentBy(world, name, key, $$"""{"debtorAccount":"{{account}}"}""").Without("Idempotency-Key").With("Idempotency-Key", "same-for-all");
            (await world.SendAsync(request)).Status.ShouldBe(200);
        }

        var keys = core.Received.Select(headers => headers["Idempotency-Key"].ToString()).ToArray();
        keys[0].ShouldNotBe(keys[1]);
        keys[0].ShouldBe(keys[2]);
    }

    [Fact]
    public async Task The_client_sees_nothing_of_the_core_but_its_answer()
    {
        core.Answer = context =>
        {
            context.Response.StatusCode = 202;
            foreach (var name in new[] { "Set-Cookie", "Server", "X-Powered-By", "Via", "Alt-Svc", "WWW-Authenticate", "Access-Control-Allow-Origin", "Corpsecure-Assertion", "Corpsecure-Decision-Id" })
                context.Response.Headers[name] = "core";
            context.Response.Headers.CacheControl = "public";
            context.Response.Headers.Location = "/corporate/v1/payments/1";
            return context.Response.WriteAsync("{}");
        };

        foreach (var request in new[] { ARequest.PaymentBy(world, "anna", "anna-1"), ARequest.Get(world, "/corporate/v1/payees").By("anna") })
        {
            var answer = await world.SendAsync(request);
            answer.Status.ShouldBe(202);
            answer.Message.Headers.Select(header => header.Key).ShouldBe(
                ["Cache-Control", "Content-Security-Policy", "Corpsecure-Decision-Id", "Date", "Location", "RateLimit", "RateLimit-Policy", "Strict-Transport-Security", "Transfer-Encoding", "X-Content-Type-Options"], ignoreOrder: true);
            answer.Message.Headers.CacheControl!.ToString().ShouldBe("no-store");
            answer.DecisionId.ShouldNotBe(Guid.Empty);
        }
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(422)]
    public async Task What_the_core_answers_is_passed_on_and_recorded(int status)
    {
        core.Answer = context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("""{"code":"core.says"}""");
        };
        var answer = await world.SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"));

        (answer.Status, answer.Code).ShouldBe((status, "core.says"));
        var outcome = (await world.EntriesAsync(answer.DecisionId))[1];
        (outcome.Text("state"), outcome.Text("status")).ShouldBe(("answered", $"{status}"));
    }

    [Theory]
    [InlineData(1024 * 1024)]
    [InlineData(1024 * 1024 + 1)]
    [InlineData(3 * 1024 * 1024)]
    public async Task An_answer_arrives_whole_whether_it_can_be_held_or_not(int length)
    {
        var text = new string('x', length - 2);
        core.Answer = context => context.Response.WriteAsync($"\"{text}\"");
        var answer = await world.SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"));

        answer.Body!.Value.GetString()!.Length.ShouldBe(length - 2);
        (await world.EntriesAsync(answer.DecisionId))[1].Text("state").ShouldBe("answered");
    }

    [Fact]
    public async Task An_answer_broken_off_is_no_answer()
    {
        core.Answer = async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes("{\"paymentId\":"));
            await context.Response.Body.FlushAsync();
            context.Abort();
        };
        var answer = await world.SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"));

        (answer.Status, answer.Code).ShouldBe((502, "core.interrupted"));
        (await world.EntriesAsync(answer.DecisionId))[1].Text("state").ShouldBe("unknown");
    }
}
