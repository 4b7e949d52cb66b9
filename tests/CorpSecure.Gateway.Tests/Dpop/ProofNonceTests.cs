using CorpSecure.Gateway.Tests.World;
using CorpSecure.Protocol.Dpop;

namespace CorpSecure.Gateway.Tests.Dpop;

[Collection(GatewayCollection.Name)]
public sealed class ProofNonceTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    private const string Payees = "/corporate/v1/payees";

    [Fact]
    public async Task Without_a_nonce_one_is_handed_out_that_is_good()
    {
        var request = ARequest.Get(World, Payees).By("anna");
        request.ProofSays = claims => claims with { Nonce = null };
        var nonce = await AskedForAsync(request, "dpop.nonce-missing");
        request.ProofSays = claims => claims with { Nonce = nonce };
        var served = await World.SendAsync(request);
        (served.Status, served.Message.Headers.Contains("DPoP-Nonce")).ShouldBe((200, false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("guessed")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public Task A_nonce_that_no_gateway_gave_is_old(string nonce)
    {
        var request = ARequest.Get(World, Payees).By("anna");
        request.ProofSays = claims => claims with { Nonce = nonce };
        return AskedForAsync(request, nonce.Length == 0 ? "dpop.nonce-missing" : "dpop.nonce-old");
    }

    [Fact]
    public async Task An_ageing_nonce_is_good_and_followed_by_a_new_one_in_every_kind_of_answer()
    {
        var ageing = World.Service<DpopNonces>().Create(World.Clock.GetUtcNow().AddMinutes(-3));
        ARequest[] requests =
        [
            ARequest.Get(World, Payees).By("anna"), ARequest.Get(World, "/gateway/v1/keys").By("anna"),
            ARequest.Get(World, "/corporate/v1/accounts/acc-huaxin-001").By("anna"), ARequest.PaymentBy(World, "anna", "anna-1"),
            new(World, HttpMethod.Get, "/ops/v1/decisions?limit=1") { Origin = World.Ops },
        ];
        requests[^1].By("rita");
        foreach (var request in requests)
        {
            request.ProofSays = claims => claims with { Nonce = ageing };
            var answer = await World.SendAsync(request);
            answer.Status.ShouldBeOneOf(200, 201, 404);
            World.Service<DpopNonces>().Judge(answer.Message.Headers.GetValues("DPoP-Nonce").ShouldHaveSingleItem(), World.Clock.GetUtcNow()).ShouldBe(NonceState.Fresh);
        }
    }

    [Fact]
    public Task A_nonce_of_an_hour_ago_is_old()
    {
        var old = World.Service<DpopNonces>().Create(World.Clock.GetUtcNow().AddHours(-1));
        var request = ARequest.Get(World, Payees).By("anna");
        request.ProofSays = claims => claims with { Nonce = old };
        return AskedForAsync(request, "dpop.nonce-old");
    }

    [Fact]
    public async Task Where_none_is_required_none_is_handed_out()
    {
        await using var world = await GatewayWorld.StartAsync(World.Surroundings, settings => settings["Dpop:RequireNonce"] = "false");
        var request = ARequest.Get(world, Payees).By("anna");
        request.ProofSays = claims => claims with { Nonce = null };
        var answer = await world.SendAsync(request);
        (answer.Status, answer.Message.Headers.Contains("DPoP-Nonce")).ShouldBe((200, false));
    }

    private async Task<string> AskedForAsync(ARequest request, string reason)
    {
        var answer = await World.ShouldRefuseAsync(request, 401, reason);
        answer.Code.ShouldBe(reason);
        answer.Message.Headers.WwwAuthenticate.ToString().ShouldContain("error=\"use_dpop_nonce\"");
        return answer.Message.Headers.GetValues("DPoP-Nonce").ShouldHaveSingleItem();
    }
}
