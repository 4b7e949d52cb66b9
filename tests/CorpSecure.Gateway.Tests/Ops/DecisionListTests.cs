using System.Text.Json;
using CorpSecure.Client.Ops;
using CorpSecure.Client.Ops.Decisions;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Ops;

[Collection(GatewayCollection.Name)]
public sealed class DecisionListTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    [Theory]
    [InlineData("verdict=deny&client=acme&subject=u-carla", "Deny", "role.missing")]
    [InlineData("reason=account.not-found", "Deny", "account.not-found")]
    [InlineData("route=payments.create&subject=u-anna&verdict=Allow", "Allow", null)]
    [InlineData("verdict=StepUp", "StepUp", "acr.insufficient")]
    public async Task Decisions_are_listed_by_what_is_asked(string query, string verdict, string? reason)
    {
        await World.PassAsync(TimeSpan.FromSeconds(1)); // ids order by time
        await World.SendAsync(ARequest.PaymentBy(World, "anna", "anna-1"));
        await World.SendAsync(ARequest.Get(World, "/corporate/v1/accounts/acc-acme-009").By("anna"));
        await World.SendAsync(ARequest.Get(World, "/corporate/v1/accounts").By("anna", CorpSecure.Protocol.Problems.AcrValues.Password));
        await World.RegisterAsync("update registry.users set roles = '{}' where subject = 'u-carla'");
        await World.SendAsync(ARequest.Get(World, "/corporate/v1/accounts").By("carla"));
        await World.RegisterAsync("update registry.users set roles = '{viewer}' where subject = 'u-carla'");

        var page = await AskAsync($"/ops/v1/decisions?limit=1&{query}");

        var found = page.GetProperty("decisions")[0];
        found.GetProperty("verdict").GetString().ShouldBe(verdict);
        if (reason is not null)
            found.GetProperty("reasons")[0].GetString().ShouldBe(reason);
        else
            found.GetProperty("outcome").GetProperty("status").GetInt32().ShouldBe(201);
    }

    [Fact]
    public async Task Connections_that_died_in_the_pool_are_not_noticed()
    {
        await AskAsync("/ops/v1/decisions?limit=1");
        (await World.QueryAsync<long>("select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'corpsecure-ops' and datname = current_database()")).ShouldBePositive();
        Ids(await AskAsync("/ops/v1/decisions?limit=1")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Records_that_cannot_be_read_are_a_503_and_worth_another_try()
    {
        await World.ExecuteAsync("revoke select on decisions.summaries from corpsecure_gateway");
        try
        {
            var answer = await World.SendAsync(Ops("/ops/v1/decisions?limit=1", "rita"));
            (answer.Status, answer.Code).ShouldBe((503, "records.unavailable"));
            (await World.EntriesAsync(answer.DecisionId)).ShouldHaveSingleItem().Text("verdict").ShouldBe("Allow");
        }
        finally
        {
            await World.ExecuteAsync("grant select on decisions.summaries to corpsecure_gateway");
        }
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_overlap()
    {
        for (var i = 0; i < 6; i++)
            await World.SendAsync(ARequest.Get(World, "/corporate/v1/payees").By("li"));
        var whole = Ids(await AskAsync("/ops/v1/decisions?subject=u-li&limit=5"));

        var parts = new List<Guid>();
        for (var before = ""; parts.Count < 6; before = $"&before={parts[^1]}")
        {
            var page = await AskAsync($"/ops/v1/decisions?subject=u-li&limit=2{before}");
            parts.AddRange(Ids(page));
            if (parts.Count < 6)
                page.GetProperty("next").GetGuid().ShouldBe(parts[^1]);
        }

        parts.Take(5).ShouldBe(whole);
        whole.ShouldBe(whole.OrderDescending());
        (await AskAsync($"/ops/v1/decisions?to={Uri.EscapeDataString("2020-01-01T00:00:00Z")}")).GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        Ids(await AskAsync($"/ops/v1/decisions?from={Uri.EscapeDataString("2020-01-01T00:00:00Z")}&limit=3")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task One_decision_is_shown_with_masked_facts_and_its_entries_as_the_client_reads_it()
    {
        var payment = await World.SendAsync(ARequest.PaymentBy(World, "anna", "anna-1"));
        using var http = World.Client(handler => new ProvingHandler(World, "rita") { InnerHandler = handler });
        http.BaseAddress = new Uri(World.Ops);

        var shown = await new OpsClient(http).ShowAsync(payment.DecisionId);

        shown.Summary.Id.ShouldBe(payment.DecisionId);
        shown.Summary.Verdict.ShouldBe("Allow");
        shown.Summary.Outcome!.State.ShouldBe("answered");
        shown.Entries.Select(entry => entry.Kind.ToString()).ShouldBe(["Decision", "Outcome"]);
        var text = shown.Facts.GetRawText();
        text.ShouldContain("****-001");
        foreach (var hidden in new[] { "acc-acme-001", "p-anna", "127.0.0.1", "/corporate/v1/payments" })
            text.ShouldNotContain(hidden);
        (await new OpsClient(http).ListAsync(new DecisionQuery())).Decisions.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("/ops/v1/decisions?limit=0", "query.invalid", 400)]
    [InlineData("/ops/v1/decisions?limit=501", "query.invalid", 400)]
    [InlineData("/ops/v1/decisions?limit=many", "query.invalid", 400)]
    [InlineData("/ops/v1/decisions?verdict=maybe", "query.invalid", 400)]
    [InlineData("/ops/v1/decisions?verdict=3", "query.invalid", 400)]
    [InlineData("/ops/v1/decisions?from=yesterday", "query.invalid", 400)]
    [InlineData("/ops/v1/decisions?before=me", "query.invalid", 400)]
    [InlineData("/ops/v1/decisions?client=a%00b", "target.not-canonical", 400)]
    [InlineData("/ops/v1/decisions/feed?after=x", "query.invalid", 400)]
    [InlineData("/ops/v1/decisions/feed?after=bnVsbA", "query.invalid", 400)]
    [InlineData("/ops/v1/decisions/feed?wait=long", "query.invalid", 400)]
    [InlineData("/ops/v1/decisions/00000000-0000-0000-0000-000000000000", "decision.not-found", 404)]
    [InlineData("/ops/v1/decisions/not-an-id", "decision.not-found", 404)]
    [InlineData("/ops/v1/others", "route.unknown", 404)]
    public async Task A_question_that_is_none_is_told_so(string target, string code, int status)
    {
        var answer = await World.SendAsync(Ops(target));
        (answer.Status, answer.Code).ShouldBe((status, code));
        answer.Message.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        answer.Body!.Value.GetProperty("decisionId").GetGuid().ShouldBe(answer.DecisionId);
        answer.Message.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task A_member_of_staff_without_the_role_sees_nothing() =>
        await World.ShouldRefuseAsync(Ops("/ops/v1/decisions", "paul"), 403, "role.missing");

    [Fact]
    public async Task Each_call_of_staff_is_a_decision_of_its_own()
    {
        var answer = await World.SendAsync(Ops("/ops/v1/decisions?limit=1"));
        var entry = (await World.EntriesAsync(answer.DecisionId)).ShouldHaveSingleItem();
        (entry.Text("listener"), entry.Text("route"), entry.Text("subject"), entry.Text("verdict")).ShouldBe(("ops", "decisions.list", "s-rita", "Allow"));
    }

    private ARequest Ops(string target, string name = "rita") => new ARequest(World, HttpMethod.Get, target) { Origin = World.Ops }.By(name);

    private async Task<JsonElement> AskAsync(string target)
    {
        var answer = await World.SendAsync(Ops(target));
        answer.Status.ShouldBe(200);
        return answer.Body!.Value;
    }

    private static List<Guid> Ids(JsonElement page) => [.. page.GetProperty("decisions").EnumerateArray().Select(decision => decision.GetProperty("id").GetGuid())];
}
