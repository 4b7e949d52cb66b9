using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.Revocation;

[Collection(IdentityCollection.Name)]
public sealed class IntrospectionTests(IdentityFixture fixture)
{
    [Fact]
    public async Task The_resource_server_of_the_audience_reads_the_claims()
    {
        var (user, portal, browser, tokens) = await TokensAsync();
        using var _1 = portal;
        using var _2 = browser;
        using var gateway = await ResourceServerAsync();

        var answer = await IntrospectAsync(gateway, tokens.AccessToken);

        answer.Status.ShouldBe(200, answer.Body.ToString());
        answer.Body.GetProperty("active").GetBoolean().ShouldBeTrue();
        answer.Body.GetProperty("sub").GetString().ShouldBe(user.Subject);
        answer.Body.GetProperty("person").GetString().ShouldBe(user.Person);
        answer.Body.GetProperty("jti").GetString().ShouldBe(tokens.Claim("jti"));
        answer.Body.GetProperty("sid").GetString().ShouldBe(tokens.Claim("sid"));
        answer.Body.GetProperty("client_id").GetString().ShouldBe(portal.ClientId);
        answer.Body.GetProperty("acr").GetString().ShouldBe("urn:corpsecure:acr:mfa");
    }

    [Theory]
    [InlineData("revoked")]
    [InlineData("expired")]
    [InlineData("signed out")]
    [InlineData("refresh token")]
    [InlineData("made up")]
    public async Task What_is_not_good_any_more_is_not_active_and_nothing_else(string fault)
    {
        var (_, portal, browser, tokens) = await TokensAsync();
        using var _1 = portal;
        using var _2 = browser;
        using var gateway = await ResourceServerAsync();
        var token = fault == "refresh token" ? tokens.RefreshToken : fault == "made up" ? "made-up" : tokens.AccessToken;
        if (fault == "revoked")
            await portal.PostAsync(fixture.Corporate, "/connect/revoke", ("token", tokens.AccessToken));
        else if (fault == "expired")
            fixture.Clock.Advance(TimeSpan.FromSeconds(121));
        else if (fault == "signed out")
            await browser.SubmitAsync(await browser.GetAsync("/sign-out"));

        var answer = await IntrospectAsync(gateway, token);

        answer.Status.ShouldBe(200);
        answer.Body.EnumerateObject().Select(member => member.Name).ShouldBe(["active"]);
        answer.Body.GetProperty("active").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_client_not_registered_for_it_may_not_ask_and_one_of_another_audience_learns_nothing()
    {
        var (_, portal, browser, tokens) = await TokensAsync();
        using var _1 = portal;
        using var _2 = browser;
        using var other = await Portal.CreateAsync(fixture, fixture.Corporate, client => client with { Grants = [], Scopes = [], RedirectUris = [], Introspects = true });

        (await IntrospectAsync(portal, tokens.AccessToken)).Error.ShouldBe("unauthorized_client");
        var answer = await IntrospectAsync(other, tokens.AccessToken);

        answer.Body.GetProperty("active").GetBoolean().ShouldBeFalse();
    }

    private Task<TokenAnswer> IntrospectAsync(Portal asking, string token) => asking.PostAsync(fixture.Corporate, "/connect/introspect", ("token", token));

    private Task<Portal> ResourceServerAsync() => Portal.CreateAsync(
        fixture,
        fixture.Corporate,
        client => client with { ClientId = "corpsecure-gateway", Grants = [], Scopes = [], RedirectUris = [], Introspects = true },
        "corpsecure-gateway");

    private async Task<(TestUser User, Portal Portal, Browser Browser, TokenAnswer Tokens)> TokensAsync()
    {
        var user = await TestUser.CreateAsync(fixture);
        var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        var browser = new Browser(fixture.Corporate);
        return (user, portal, browser, await portal.SignInAsync(fixture, browser, user));
    }
}
