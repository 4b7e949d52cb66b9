using CorpSecure.Core.Policies;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Own;
using CorpSecure.Gateway.Policies;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Own;

[Collection(GatewayCollection.Name)]
public sealed class OwnEndpointTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    private const string ListRoute = "\"name\": \"keys.list\", \"methods\": [\"GET\"], \"path\": \"/gateway/v1/keys\"";

    [Fact]
    public void Policy_and_endpoints_name_each_other()
    {
        var policy = World.Service<Policy>();
        var endpoints = World.Service<OwnEndpoints>();
        endpoints.Check(policy);
        endpoints.All.Select(endpoint => endpoint.Route).ShouldBe(policy.Api.All.Where(route => route.Own).Select(route => route.Name), ignoreOrder: true);
    }

    [Theory]
    [InlineData("\"name\": \"keys.lost\", \"methods\": [\"GET\"], \"path\": \"/gateway/v1/keys\"", "keys.lost: the gateway has no such endpoint")]
    [InlineData("\"name\": \"keys.list\", \"methods\": [\"GET\"], \"path\": \"/gateway/v1/all-keys\"", "keys.list: must be GET /gateway/v1/keys")]
    [InlineData("\"name\": \"keys.list\", \"methods\": [\"GET\", \"HEAD\"], \"path\": \"/gateway/v1/keys\"", "keys.list: must be GET /gateway/v1/keys")]
    [InlineData("\"name\": \"keys.list\", \"methods\": [\"PUT\"], \"path\": \"/gateway/v1/keys\"", "keys.list: must be GET /gateway/v1/keys")]
    public async Task A_policy_with_an_own_route_that_nothing_answers_stops_the_start(string route, string fault)
    {
        var refused = await Should.ThrowAsync<StartRefusedException>(() => GatewayWorld.StartAsync(World.Surroundings, policy: PolicyText.Roomy.Replace(ListRoute, route, StringComparison.Ordinal)));
        refused.Message.ShouldContain(fault);
    }

    [Theory]
    [InlineData("/gateway/v1/secrets")]
    [InlineData("/gateway/v1/keys/anna-1")]
    [InlineData("/gateway/v1/keys/anna-1/retire/now")]
    [InlineData("/Gateway/v1/keys")]
    [InlineData("/gateway/V1/keys")]
    [InlineData("/gateway")]
    public async Task What_the_policy_does_not_name_is_neither_answered_nor_forwarded(string path)
    {
        await World.ShouldRefuseAsync(ARequest.Get(World, path).By("anna"), 404, "route.unknown");
    }

    [Theory]
    [InlineData("/gateway/v1/keys/")]
    [InlineData("/gateway/v1/%6Beys")]
    [InlineData("/gateway/v1/../v1/keys")]
    [InlineData("//gateway/v1/keys")]
    [InlineData("/gateway/v1/keys/anna%2D1/retire")]
    [InlineData("/gateway/v1/keys/..%2Fanna-1/retire")]
    public async Task Another_spelling_is_no_way_around(string path)
    {
        await World.ShouldRefuseAsync(ARequest.Get(World, path).By("anna"), 400, "target.not-canonical");
    }

    [Fact]
    public async Task Other_methods_are_not_available()
    {
        foreach (var method in new[] { HttpMethod.Head, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch })
        {
            var answer = await World.SendAsync(new ARequest(World, method, "/gateway/v1/keys").By("anna"));
            answer.Status.ShouldBe(405);
        }
    }

    [Fact]
    public async Task A_read_of_its_own_is_a_decision_with_an_outcome_and_never_reaches_the_core()
    {
        var answer = await World.SendAsync(ARequest.Get(World, "/gateway/v1/keys").By("anna"));
        answer.Status.ShouldBe(200);
        answer.Message.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await World.EntriesAsync(answer.DecisionId)).Select(entry => entry.Kind).ShouldBe([(short)1, (short)2]);
        World.CoreCalls(answer.DecisionId).ShouldBe(0);
    }

    [Fact]
    public async Task Without_the_registrys_table_it_says_so_and_the_outcome_is_unknown()
    {
        await using var world = await GatewayWorld.StartAsync(World.Surroundings);
        await world.ExecuteAsync("drop function registry.end_key");
        var answer = await world.SendAsync(new ARequest(world, HttpMethod.Post, "/gateway/v1/keys/anna-1/revoke").By("anna"));
        (answer.Status, answer.Code).ShouldBe((503, "registry.unavailable"));
        (await world.EntriesAsync(answer.DecisionId))[1].Text("state").ShouldBe("unknown");
    }

    [Fact]
    public async Task A_connection_to_the_registry_that_died_in_the_pool_is_a_503_and_the_next_try_succeeds()
    {
        await using var world = await GatewayWorld.StartAsync(World.Surroundings);
        (await world.QueryAsync<long>("select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity where application_name = 'corpsecure-registry' and datname = current_database()")).ShouldBePositive();
        var answer = await world.SendAsync(ARequest.Get(world, "/gateway/v1/keys").By("anna"));
        (answer.Status, answer.Code).ShouldBe((503, "registry.unavailable"));
        (await world.EntriesAsync(answer.DecisionId))[1].Text("state").ShouldBe("unknown");
        (await world.SendAsync(ARequest.Get(world, "/gateway/v1/keys").By("anna"))).Status.ShouldBe(200);
    }
}
