using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests;

[Collection(GatewayCollection.Name)]
public sealed class SpineTests(Surroundings surroundings) : IAsyncLifetime
{
    private GatewayWorld world = null!;

    public async Task InitializeAsync() => world = await GatewayWorld.StartAsync(surroundings);

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task A_signed_payment_is_decided_recorded_forwarded_and_its_outcome_recorded()
    {
        var answer = await world.SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"));

        answer.Status.ShouldBe(201);
        answer.Body!.Value.GetProperty("status").GetString().ShouldBe("accepted");
        world.CoreCalls(answer.DecisionId).ShouldBe(1);
        var entries = await world.EntriesAsync(answer.DecisionId);
        entries.Select(entry => (int)entry.Kind).ShouldBe([1, 2]);
        entries[0].Text("verdict").ShouldBe("Allow");
        entries[0].Text("key").ShouldBe("anna-1");
        entries[1].Text("status").ShouldBe("201");
    }

    [Fact]
    public async Task A_read_is_decided_recorded_and_forwarded()
    {
        var answer = await world.SendAsync(ARequest.Get(world, "/corporate/v1/accounts/acc-acme-001").By("anna"));

        answer.Status.ShouldBe(200);
        answer.Body!.Value.GetProperty("accountId").GetString().ShouldBe("acc-acme-001");
        (await world.EntriesAsync(answer.DecisionId))[0].Text("enforcement").ShouldBe("forward");
    }

    [Fact]
    public Task Without_a_token_nothing_is_read() =>
        world.ShouldRefuseAsync(ARequest.Get(world, "/corporate/v1/accounts"), 401, "token.missing");

    [Fact]
    public async Task The_same_signed_request_again_is_refused()
    {
        var request = ARequest.PaymentBy(world, "anna", "anna-1");
        (await world.SendAsync(request)).Status.ShouldBe(201);

        await world.ShouldRefuseAsync(request, 401, "signature.nonce-replayed");
    }
}
