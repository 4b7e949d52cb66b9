using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CoreBank.Simulator.Tests.Hosting;
using CoreBank.Simulator.Tests.Payments;

namespace CoreBank.Simulator.Tests.Control;

public sealed class ControlTests : CoreTest
{
    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer wrong")]
    [InlineData("Basic a-control-token-for-tests")]
    [InlineData("Bearer a-control-token-for-test")]
    public async Task Without_the_token_nothing_is_told(string? authorization)
    {
        Core.Control.DefaultRequestHeaders.Authorization = null;
        if (authorization is not null)
            Core.Control.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        (await ControlAsync(HttpMethod.Get, "/control/calls")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await ControlAsync(HttpMethod.Get, "/else")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Calls_are_told_and_found_by_decision()
    {
        await Core.GetAsync("/corporate/v1/accounts");
        await Core.PayAsync(PaymentBody.With(), "key-1");
        await Core.SendWithAsync(HttpMethod.Get, "/corporate/v1/payees", "", null, []);

        var calls = (await ControlAsync(HttpMethod.Get, "/control/calls")).Json["calls"]!.AsArray();
        calls.Select(call => (int)call!["status"]!).ShouldBe([200, 201, 401]);
        ((bool)calls[2]!["accepted"]!, (string?)calls[2]!["rejection"]).ShouldBe((false, "assertion.missing"));

        var decision = (string)calls[1]!["decisionId"]!;
        var found = (await ControlAsync(HttpMethod.Get, "/control/calls?decisionId=" + decision)).Json["calls"]!.AsArray();
        ((string?)found.ShouldHaveSingleItem()!["idempotencyKey"]).ShouldBe("key-1");
        var last = (await ControlAsync(HttpMethod.Get, "/control/calls?limit=1")).Json["calls"]!.AsArray();
        ((int)last.ShouldHaveSingleItem()!["sequence"]!).ShouldBe(3);

        (await ControlAsync(HttpMethod.Delete, "/control/calls")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await ControlAsync(HttpMethod.Get, "/control/calls")).Json["calls"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_file_has_one_line_a_call_while_the_core_still_runs()
    {
        await Core.PayAsync(PaymentBody.With(), "key-1");
        await Core.SendWithAsync(HttpMethod.Get, "/corporate/v1/payees", "", null, []);

        using var reader = new StreamReader(new FileStream(Path.Combine(Core.Folder, "calls.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();

        lines.Select(line => (long)line["sequence"]!).ShouldBe([1, 2]);
        ((bool)lines[0]["accepted"]!, (string?)lines[0]["idempotencyKey"], lines[0]["status"]).ShouldBe((true, "key-1", null));
        ((bool)lines[1]["accepted"]!, (string?)lines[1]["rejection"]).ShouldBe((false, "assertion.missing"));
    }

    [Fact]
    public async Task Knobs_are_put_whole()
    {
        var put = await ControlAsync(HttpMethod.Put, "/control/knobs", """{"latency":"00:00:00.250","errorRate":0.5,"resetNext":2}""");
        put.Status.ShouldBe(HttpStatusCode.OK);
        Core.Host.Faults.Knobs.ShouldBe(new(TimeSpan.FromMilliseconds(250), 0.5, 503, ResetNext: 2));

        await ControlAsync(HttpMethod.Put, "/control/knobs", "{}");
        Core.Host.Faults.Knobs.ShouldBe(new());
    }

    [Theory]
    [InlineData("""{"errorRate":1.5}""")]
    [InlineData("""{"errorStatus":200}""")]
    [InlineData("""{"latency":"-00:00:01"}""")]
    [InlineData("""{"resetNext":-1}""")]
    [InlineData("""{"unknown":1}""")]
    [InlineData("null")]
    public async Task Knobs_that_make_no_sense_are_refused(string body) =>
        (await ControlAsync(HttpMethod.Put, "/control/knobs", body)).Status.ShouldBe(HttpStatusCode.BadRequest);

    private async Task<Answer> ControlAsync(HttpMethod method, string target, string? body = null)
    {
        using var request = new HttpRequestMessage(method, target);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Core.Control.SendAsync(request);
        return await Answer.OfAsync(response);
    }
}
