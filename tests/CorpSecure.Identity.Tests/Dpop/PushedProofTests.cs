using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.Dpop;

[Collection(IdentityCollection.Name)]
public sealed class PushedProofTests(IdentityFixture fixture)
{
    private const string Par = "/connect/par";
    private const string Token = "/connect/token";

    [Fact]
    public async Task A_code_is_for_the_key_whose_proof_came_with_the_pushed_request()
    {
        var (portal, browser) = await SignedInAsync();
        using var other = new Proof(fixture, fixture.Corporate);
        var code = (await browser.GetAsync(await portal.AuthorizeUrlAsync())).Code();

        var refused = await portal.ExchangeAsync(code, proofs: [other.Make(Token)]);
        refused.Error.ShouldBe("invalid_grant");

        (await portal.ExchangeAsync(code)).Status.ShouldBe(200); // the refusal spent nothing of the client's
    }

    [Fact]
    public async Task A_code_is_for_the_key_whose_thumbprint_was_named()
    {
        var (portal, browser) = await SignedInAsync();
        using var named = new Proof(fixture, fixture.Corporate);
        var pushed = await portal.PushAsync([], ("dpop_jkt", named.Thumbprint));
        var code = (await browser.GetAsync(portal.AuthorizeUrl(pushed.RequestUri))).Code();

        (await portal.ExchangeAsync(code)).Error.ShouldBe("invalid_grant");
        (await portal.ExchangeAsync(code, proofs: [named.Make(Token)])).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_code_without_a_named_key_is_bound_when_it_is_exchanged()
    {
        var (portal, browser) = await SignedInAsync();
        var pushed = await portal.PushAsync([], ("scope", "offline_access corporate"));
        var code = (await browser.GetAsync(portal.AuthorizeUrl(pushed.RequestUri))).Code();
        using var first = new Proof(fixture, fixture.Corporate);

        var tokens = await portal.ExchangeAsync(code, proofs: [first.Make(Token)]);

        tokens.Status.ShouldBe(200, tokens.Body.ToString());
        (await portal.RefreshAsync(tokens)).Error.ShouldBe("invalid_grant");
        (await portal.RefreshAsync(tokens, [first.Make(Token)])).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Proof_and_thumbprint_must_name_one_key()
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var other = new Proof(fixture, fixture.Corporate);

        (await portal.PushAsync([portal.Proof.Make(Par)], ("dpop_jkt", other.Thumbprint))).Error.ShouldBe("invalid_dpop_proof");
        (await portal.PushAsync([portal.Proof.Make(Par)], ("dpop_jkt", portal.Proof.Thumbprint))).Status.ShouldBe(201);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    public async Task A_thumbprint_that_is_none_is_refused(string text)
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);

        (await portal.PushAsync([], ("dpop_jkt", text))).Error.ShouldBe("invalid_request");
    }

    [Fact]
    public async Task A_faulty_or_used_proof_is_refused_and_a_nonce_demanded()
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        var good = portal.Proof.Make(Par);
        (await portal.PushAsync([good])).Status.ShouldBe(201);

        (await portal.PushAsync([good])).Error.ShouldBe("invalid_dpop_proof");
        (await portal.PushAsync([portal.Proof.Make(Token)])).Error.ShouldBe("invalid_dpop_proof");
        var demanded = await portal.PushAsync([portal.Proof.Make(Par, claims => claims.Remove("nonce"))]);
        demanded.Status.ShouldBe(400);
        demanded.Error.ShouldBe("use_dpop_nonce");
        (await portal.PushAsync([portal.Proof.Make(Par, claims => claims["nonce"] = demanded.Nonce)])).Status.ShouldBe(201);
    }

    private async Task<(Portal Portal, Browser Browser)> SignedInAsync()
    {
        var user = await TestUser.CreateAsync(fixture);
        var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        var browser = new Browser(fixture.Corporate);
        await browser.SignInAsync(await portal.AuthorizeUrlAsync(), user, fixture.Clock.GetUtcNow());
        return (portal, browser);
    }
}
