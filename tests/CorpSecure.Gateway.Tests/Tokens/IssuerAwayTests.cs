using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Tokens;

[Collection(GatewayCollection.Name)]
public sealed class IssuerAwayTests(Surroundings surroundings)
{
    [Fact]
    public async Task While_the_issuer_is_away_tokens_cannot_be_verified_and_then_can()
    {
        await using var world = await GatewayWorld.StartAsync(surroundings);
        await world.Corporate.PauseAsync();
        var request = ARequest.Get(world, "/corporate/v1/accounts").By("anna");

        var answer = await world.ShouldRefuseAsync(request, 503, "token.unverifiable");
        answer.Message.Headers.RetryAfter.ShouldNotBeNull();
        answer.Body!.Value.GetProperty("retryable").GetBoolean().ShouldBeTrue();

        await world.Corporate.ResumeAsync();
        (await world.SendAsync(request)).Status.ShouldBe(200);

        await world.Corporate.PauseAsync();
        (await world.SendAsync(request)).Status.ShouldBe(200);
        (await world.SendAsync(ARequest.Get(world, "/corporate/v1/accounts").By("anna"))).Status.ShouldBe(200, "its keys are known");
    }
}
