using CorpSecure.Gateway.Tests.World;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Gateway.Tests.RateLimits;

/// <summary>Limits of those who are known: by user, client, operation and route.</summary>
[Collection(GatewayCollection.Name)]
public sealed class CallerLimitTests(Surroundings surroundings)
{
    private const string Payees = "/corporate/v1/payees";
    private const string Accounts = "/corporate/v1/accounts";

    [Fact]
    public async Task A_user_who_asks_too_much_is_refused_before_the_signature_is_looked_at_and_others_are_not()
    {
        await using var world = await StartAsync(Fixed("user", "user", 2));
        await OkAsync(world, "anna", Payees);
        (await world.SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"))).Status.ShouldBe(201);

        var refused = await world.ShouldRefuseAsync(ARequest.PaymentBy(world, "anna", "anna-revoked"), 429, "limit.user");

        refused.Body!.Value.GetProperty("type").GetString().ShouldBe(ProblemTypes.QuotaExceeded);
        refused.Body.Value.GetProperty("retryable").GetBoolean().ShouldBeTrue();
        refused.Message.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromHours(1));
        refused.Remaining()["user"].ShouldBe(0);
        await OkAsync(world, "carla", Accounts);

        await world.PassAsync(TimeSpan.FromHours(1));
        await OkAsync(world, "anna", Payees);
    }

    [Fact]
    public async Task Retry_after_is_true_to_the_second()
    {
        await using var world = await StartAsync("""{ "name": "user", "per": "user", "kind": "token-bucket", "burst": 2, "tokensPerPeriod": 1, "period": "00:00:07" }""");
        await OkAsync(world, "anna", Payees);
        await OkAsync(world, "anna", Payees);
        var refused = await world.ShouldRefuseAsync(ARequest.Get(world, Payees).By("anna"), 429, "limit.user");
        var wait = refused.Message.Headers.RetryAfter!.Delta!.Value;
        wait.ShouldBe(TimeSpan.FromSeconds(7));

        await world.PassAsync(wait - TimeSpan.FromSeconds(1));
        await world.ShouldRefuseAsync(ARequest.Get(world, Payees).By("anna"), 429, "limit.user");
        await world.PassAsync(TimeSpan.FromSeconds(1));
        await OkAsync(world, "anna", Payees);
    }

    [Fact]
    public async Task Many_users_of_one_client_share_its_limit_and_a_refusal_uses_nothing_of_their_own()
    {
        await using var world = await StartAsync(Fixed("user", "user", 10), Fixed("client", "client", 4));
        await OkAsync(world, "anna", Payees, times: 2);
        await OkAsync(world, "carla", Payees, times: 2);

        for (var i = 0; i < 5; i++)
        {
            var refused = await world.ShouldRefuseAsync(ARequest.Get(world, Payees).By("anna"), 429, "limit.client");
            refused.Remaining().ShouldBe(new Dictionary<string, long> { ["address"] = refused.Remaining()["address"], ["user"] = 8, ["client"] = 0 });
        }

        await world.ShouldRefuseAsync(ARequest.Get(world, Payees).By("carla"), 429, "limit.client");
        await OkAsync(world, "li", Payees);
    }

    [Fact]
    public async Task Who_exceeds_their_own_limit_takes_nothing_of_what_is_shared_with_others()
    {
        await using var world = await StartAsync(Fixed("everybody", "route", 4, Payees), Fixed("user", "user", 2));
        await OkAsync(world, "anna", Payees, times: 2);
        for (var i = 0; i < 20; i++)
            await world.ShouldRefuseAsync(ARequest.Get(world, Payees).By("anna"), 429, "limit.user");

        var answer = await OkAsync(world, "li", Payees);
        answer.ShouldTell("address", "user");
        await OkAsync(world, "carla", Payees);
        var refused = await world.ShouldRefuseAsync(ARequest.Get(world, Payees).By("li"), 429, "limit.route");
        refused.ShouldTell("address", "user", "everybody");
        refused.Remaining()["everybody"].ShouldBe(0);
        await OkAsync(world, "li", Accounts);
    }

    [Fact]
    public async Task One_operation_is_counted_over_all_its_routes()
    {
        await using var world = await StartAsync(Fixed("reads", "user+operation", 3));
        await OkAsync(world, "anna", Payees);
        await OkAsync(world, "anna", Accounts);
        await OkAsync(world, "anna", $"{Accounts}/acc-acme-001");
        await world.ShouldRefuseAsync(ARequest.Get(world, Payees).By("anna"), 429, "limit.user");
        (await world.SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"))).Status.ShouldBe(201);
        await OkAsync(world, "carla", Payees);
    }

    [Fact]
    public async Task A_route_is_one_however_it_is_spelled()
    {
        await using var world = await StartAsync(Fixed("payees", "user+route", 2, Payees));
        await OkAsync(world, "anna", Payees + "?limit=1");
        await OkAsync(world, "anna", Payees + "?limit=2");
        await world.ShouldRefuseAsync(ARequest.Get(world, Payees + "?limit=3").By("anna"), 429, "limit.user");
        var before = world.LastCoreCall();
        foreach (var spelled in new[] { "/corporate/v1/%70ayees", "/corporate/v1//payees", "/corporate/v1/./payees", "/corporate/v1/PAYEES", Payees + "/", "/corporate/v1/x/../payees" })
            (await world.SendAsync(ARequest.Get(world, spelled).By("anna"))).Status.ShouldBeOneOf(400, 404);
        world.LastCoreCall().ShouldBe(before);
        await OkAsync(world, "anna", Accounts);
    }

    [Fact]
    public async Task Nobody_uses_up_the_limit_of_someone_whose_token_they_do_not_have()
    {
        await using var world = await StartAsync(Fixed("user", "user", 2));
        var expired = People.Claims(world, "anna");
        expired["exp"] = world.Clock.GetUtcNow().ToUnixTimeSeconds() - 1;
        var forged = People.Token(world, "anna")[..^8] + "AAAAAAAA";
        for (var i = 0; i < 5; i++)
        {
            (await world.SendAsync(ARequest.Get(world, Payees).WithToken(world.Corporate.Token(expired)))).Status.ShouldBe(401);
            (await world.SendAsync(ARequest.Get(world, Payees).WithToken(forged))).Status.ShouldBe(401);
        }

        await OkAsync(world, "anna", Payees, times: 2);
    }

    [Fact]
    public async Task A_flood_of_someone_known_is_one_entry_that_names_them_and_seals_the_address()
    {
        await using var world = await StartAsync(settings => settings["TrustedProxies:Networks:0"] = "127.0.0.0/8", Fixed("user", "user", 1));
        await OkAsync(world, "anna", Payees);

        var refused = new List<Answer>();
        for (var i = 0; i < 30; i++)
            refused.Add(await world.SendAsync(ARequest.Get(world, i % 2 == 0 ? Payees : Accounts).By("anna").With("X-Forwarded-For", $"203.0.113.{i}")));
        refused.ShouldAllBe(answer => answer.Status == 429);

        var id = refused.Select(answer => answer.DecisionId).Distinct().ShouldHaveSingleItem();
        var entry = (await world.EntriesAsync(id)).ShouldHaveSingleItem();
        (entry.Kind, entry.Text("count"), entry.Text("client"), entry.Text("subject"), entry.Text("limit")).ShouldBe(((short)3, "30", "acme", "u-anna", "user"));
        entry.Reasons.ShouldBe(["limit.user"]);
        entry.Payload.GetRawText().ShouldNotContain("203.0.113");

        var listed = await world.SendAsync(new ARequest(world, HttpMethod.Get, "/ops/v1/decisions?reason=limit.user&subject=u-anna") { Origin = world.Ops }.By("rita"));
        var summary = listed.Body!.Value.GetProperty("decisions").EnumerateArray().ShouldHaveSingleItem();
        (summary.GetProperty("client").GetString(), summary.GetProperty("count").GetInt32(), summary.GetProperty("status").GetInt32()).ShouldBe(("acme", 30, 429));
        var shown = await world.SendAsync(new ARequest(world, HttpMethod.Get, $"/ops/v1/decisions/{id}") { Origin = world.Ops }.By("rita"));
        var facts = shown.Body!.Value.GetProperty("facts");
        (facts.GetProperty("limit").GetString(), facts.GetProperty("address").GetString()).ShouldBe(("user", "****13.0"));
    }

    [Fact]
    public async Task A_restart_forgets_what_one_replica_alone_has_counted()
    {
        await using var world = await StartAsync(Fixed("user", "user", 1));
        await OkAsync(world, "anna", Payees);
        await world.ShouldRefuseAsync(ARequest.Get(world, Payees).By("anna"), 429, "limit.user");
        await world.RestartGatewayAsync();
        await OkAsync(world, "anna", Payees);
    }

    private static string Fixed(string name, string per, int permits, string? path = null) => path is null
        ? $$"""{ "name": "{{name}}", "per": "{{per}}", "kind": "fixed", "permits": {{permits}}, "window": "01:00:00" }"""
        : $$"""{ "name": "{{name}}", "per": "{{per}}", "kind": "fixed", "permits": {{permits}}, "window": "01:00:00", "routes": ["payees.list"] }""";

    private Task<GatewayWorld> StartAsync(params string[] limits) => StartAsync(null, limits);

    private Task<GatewayWorld> StartAsync(Action<Dictionary<string, string>>? configure, params string[] limits) =>
        GatewayWorld.StartAsync(surroundings, configure, PolicyText.WithLimits([PolicyText.Address(10_000), .. limits]));

    private static async Task<Answer> OkAsync(GatewayWorld world, string name, string target, int times = 1)
    {
        Answer answer = null!;
        for (var i = 0; i < times; i++)
        {
            answer = await world.SendAsync(ARequest.Get(world, target).By(name));
            answer.Status.ShouldBe(200);
        }

        return answer;
    }
}
