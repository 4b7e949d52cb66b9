using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Signatures;

[Collection(GatewayCollection.Name)]
public sealed class NonceTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    [Fact]
    public async Task Of_twenty_copies_at_once_one_is_forwarded()
    {
        var before = World.LastCoreCall();
        var request = Payment().Build();
        var copies = new List<HttpRequestMessage>();
        for (var i = 0; i < 20; i++)
            copies.Add(await request.CopyAsync());

        var answers = await Task.WhenAll(copies.Select(copy => World.SendAsync(copy)));

        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Count(answer => answer.Code == "dpop.invalid").ShouldBe(19);
        World.LastCoreCall().ShouldBe(before + 1);
        foreach (var answer in answers.Where(answer => answer.Status == 401))
            (await World.EntriesAsync(answer.DecisionId)).ShouldHaveSingleItem().Reasons.ShouldBe(["dpop.replayed", "signature.nonce-replayed"]);
    }

    [Fact]
    public async Task The_same_nonce_under_another_key_is_another_nonce()
    {
        var nonce = Guid.NewGuid().ToString("N");
        foreach (var (name, key) in new[] { ("anna", "anna-1"), ("li", "li-1") })
        {
            var request = ARequest.Get(World, "/corporate/v1/payees").By(name).SignedBy(key);
            request.Nonce = nonce;
            (await World.SendAsync(request)).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task A_copy_sent_by_someone_else_burns_nothing()
    {
        var original = Payment().Build();

        await World.ShouldRefuseAsync((await original.CopyAsync()).WithToken(People.Token(World, "li")), 401, "signature.key-unknown");
        await World.ShouldRefuseAsync((await original.CopyAsync()).WithToken(People.Token(World, "anna")), 401, "signature.invalid");

        (await World.SendAsync(original)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_copy_with_an_expired_token_burns_nothing()
    {
        var original = Payment().Build();
        var claims = People.Claims(World, "anna");
        claims["exp"] = World.Clock.GetUtcNow().ToUnixTimeSeconds() - 1;

        await World.ShouldRefuseAsync((await original.CopyAsync()).WithToken(World.Corporate.Token(claims)), 401, "token.expired");

        (await World.SendAsync(original)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_request_refused_for_another_reason_has_spent_its_nonce()
    {
        var refused = ARequest.PaymentBy(World, "anna", "anna-1", """{"debtorAccount":"acc-acme-002","amount":"1.00"}""");
        await World.ShouldRefuseAsync(refused, 404, "account.not-found");

        var again = await World.ShouldRefuseAsync(refused, 404, "account.not-found");
        (await World.EntriesAsync(again.DecisionId))[0].Reasons.ShouldBe(["account.not-found", "signature.nonce-replayed"]);

        var other = Payment();
        other.Nonce = refused.Nonce;
        await World.ShouldRefuseAsync(other, 401, "signature.nonce-replayed");
    }

    [Fact]
    public async Task A_request_that_must_step_up_has_spent_its_nonce()
    {
        var request = Payment().By("anna", CorpSecure.Protocol.Problems.AcrValues.Password);
        await World.ShouldRefuseAsync(request, 401, "acr.insufficient");
        await World.ShouldRefuseAsync(request, 401, "signature.nonce-replayed");
    }

    private ARequest Payment() => ARequest.PaymentBy(World, "anna", "anna-1");
}

[Collection(GatewayCollection.Name)]
public sealed class NonceMemoryTests(Surroundings surroundings)
{
    [Fact]
    public async Task A_nonce_stays_spent_after_a_restart_and_at_every_replica()
    {
        await using var world = await GatewayWorld.StartAsync(surroundings);
        var request = ARequest.PaymentBy(world, "anna", "anna-1");
        (await world.SendAsync(request)).Status.ShouldBe(201);

        await world.RestartGatewayAsync();
        await world.ShouldRefuseAsync(request, 401, "signature.nonce-replayed");

        var port = FreePort.Take();
        await using var replica = await world.StartReplicaAsync("gateway-2", port);
        await world.ShouldRefuseAsync(Through(port, request), 401, "signature.nonce-replayed");

        var fresh = ARequest.PaymentBy(world, "anna", "anna-1");
        (await world.SendAsync(Through(port, fresh))).Status.ShouldBe(201);
        await world.ShouldRefuseAsync(fresh, 401, "signature.nonce-replayed");
        (await world.QueryAsync<long>("select count(*) from ledger.lanes where lane = 'gateway-2/signed'")).ShouldBe(1);
        await replica.StopAsync();
    }

    private static HttpRequestMessage Through(int port, ARequest request)
    {
        var message = request.Build();
        message.Headers.Host = message.RequestUri!.Authority;
        message.RequestUri = new UriBuilder(message.RequestUri) { Port = port }.Uri;
        return message;
    }
}
