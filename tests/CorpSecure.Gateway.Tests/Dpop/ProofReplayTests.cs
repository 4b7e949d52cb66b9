using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Dpop;

/// <summary>A proof is good once, at whatever replica, for whatever the verdict was.</summary>
[Collection(GatewayCollection.Name)]
public sealed class ProofReplayTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    private const string Payees = "/corporate/v1/payees";

    [Fact]
    public async Task A_read_sent_again_is_refused()
    {
        var request = ARequest.Get(World, Payees).By("anna").Build();
        (await World.SendAsync(await request.CopyAsync())).Status.ShouldBe(200);
        var answer = await World.ShouldRefuseAsync(request, 401, "dpop.replayed");
        (answer.Code, answer.Message.Headers.WwwAuthenticate.ToString().Contains("error=\"invalid_dpop_proof\"", StringComparison.Ordinal)).ShouldBe(("dpop.invalid", true));
        (await World.EntriesAsync(answer.DecisionId)).ShouldHaveSingleItem().Kind.ShouldBe((short)1);
    }

    [Fact]
    public async Task With_another_query_it_is_the_same_proof()
    {
        var request = ARequest.Get(World, Payees).By("anna").Build();
        (await World.SendAsync(await request.CopyAsync())).Status.ShouldBe(200);
        request.RequestUri = new Uri(request.RequestUri + "?limit=1");
        await World.ShouldRefuseAsync(request, 401, "dpop.replayed");
    }

    [Fact]
    public async Task Of_thirty_copies_at_once_one_is_forwarded()
    {
        var before = World.LastCoreCall();
        var answers = await SendAsync(ARequest.Get(World, Payees).By("anna").Build(), 30, message => World.SendAsync(message));
        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        World.LastCoreCall().ShouldBe(before + 1);
        foreach (var answer in answers.Where(answer => answer.Status == 401))
            (await World.EntriesAsync(answer.DecisionId)).ShouldHaveSingleItem().Reasons.ShouldBe(["dpop.replayed"]);
    }

    [Fact]
    public async Task A_request_that_was_refused_has_spent_its_proof()
    {
        var refused = ARequest.Get(World, "/corporate/v1/accounts/acc-huaxin-001").By("anna").Build();
        await World.ShouldRefuseAsync(await refused.CopyAsync(), 404, "account.not-found");
        var again = await World.ShouldRefuseAsync(refused, 404, "account.not-found");
        (await World.EntriesAsync(again.DecisionId))[0].Reasons.ShouldBe(["account.not-found", "dpop.replayed"]);
    }

    [Fact]
    public async Task A_request_that_must_step_up_has_spent_its_proof()
    {
        var request = ARequest.Get(World, Payees).By("anna", CorpSecure.Protocol.Problems.AcrValues.Password).Build();
        await World.ShouldRefuseAsync(await request.CopyAsync(), 401, "acr.insufficient");
        await World.ShouldRefuseAsync(request, 401, "dpop.replayed");
    }

    [Fact]
    public async Task A_signed_requests_proof_serves_no_unsigned_one()
    {
        var signed = ARequest.Get(World, Payees).By("anna").SignedBy("anna-1").Build();
        (await World.SendAsync(await signed.CopyAsync())).Status.ShouldBe(200);
        signed.Headers.Remove("Signature");
        signed.Headers.Remove("Signature-Input");
        await World.ShouldRefuseAsync(signed, 401, "dpop.replayed");
    }

    [Fact]
    public async Task The_same_id_by_another_key_is_another_proof()
    {
        var id = Guid.NewGuid().ToString();
        foreach (var name in new[] { "anna", "carla", "li" })
        {
            var request = ARequest.Get(World, Payees).By(name);
            request.ProofSays = claims => claims with { Id = id };
            (await World.SendAsync(request)).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task A_proof_sent_with_a_token_that_is_no_good_burns_nothing()
    {
        var claims = People.Claims(World, "anna");
        var good = ARequest.Get(World, Payees).WithToken(World.Corporate.Token(claims));
        var id = Guid.NewGuid().ToString();
        good.ProofSays = proof => proof with { Id = id };
        claims["exp"] = World.Clock.GetUtcNow().ToUnixTimeSeconds() - 1;
        var bad = ARequest.Get(World, Payees).WithToken(World.Corporate.Token(claims));
        bad.ProofSays = good.ProofSays;
        await World.ShouldRefuseAsync(bad, 401, "token.expired");
        (await World.SendAsync(good)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task At_three_replicas_at_once_it_is_good_once_and_after_a_restart_never_again()
    {
        await using var world = await GatewayWorld.StartAsync(World.Surroundings, policy: PolicyText.Roomy);
        int[] ports = [world.ApiPort, FreePort.Take(), FreePort.Take()];
        await using var two = await world.StartReplicaAsync("gateway-2", ports[1]);
        await using var three = await world.StartReplicaAsync("gateway-3", ports[2]);
        for (var round = 0; round < 10; round++)
        {
            var before = world.LastCoreCall();
            var request = ARequest.Get(world, Payees).By("anna").Build();
            var at = 0;
            var answers = await SendAsync(request, 12, message => world.SendAsync(Through(ports[Interlocked.Increment(ref at) % 3], message)));
            answers.Count(answer => answer.Status == 200).ShouldBe(1);
            answers.Count(answer => answer.Code == "dpop.invalid").ShouldBe(11);
            world.LastCoreCall().ShouldBe(before + 1);
        }

        var last = ARequest.Get(world, Payees).By("anna").Build();
        (await world.SendAsync(Through(ports[1], await last.CopyAsync()))).Status.ShouldBe(200);
        await world.RestartGatewayAsync();
        await world.ShouldRefuseAsync(last, 401, "dpop.replayed");
        await two.StopAsync();
        await three.StopAsync();
    }

    private static async Task<Answer[]> SendAsync(HttpRequestMessage request, int copies, Func<HttpRequestMessage, Task<Answer>> send)
    {
        var all = new List<HttpRequestMessage>();
        for (var i = 0; i < copies; i++)
            all.Add(await request.CopyAsync());
        return await Task.WhenAll(all.Select(send));
    }

    private static HttpRequestMessage Through(int port, HttpRequestMessage message)
    {
        message.Headers.Host = message.RequestUri!.Authority;
        message.RequestUri = new UriBuilder(message.RequestUri) { Port = port }.Uri;
        return message;
    }
}
