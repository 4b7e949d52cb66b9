using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.Revocation;

[Collection(IdentityCollection.Name)]
public sealed class RevocationTests(IdentityFixture fixture)
{
    [Theory]
    [InlineData(null)]
    [InlineData("access_token")]
    [InlineData("refresh_token")] // a wrong hint only delays
    [InlineData("something_else")]
    public async Task A_revoked_access_token_is_told_to_the_gateway_by_the_jti_it_carries(string? hint)
    {
        var (user, portal, tokens) = await TokensAsync();
        using var _ = portal;
        var jti = tokens.Claim("jti");

        (await RevokeAsync(portal, tokens.AccessToken, hint)).Status.ShouldBe(200);

        (await Feed.HasAsync(fixture, "token", jti)).ShouldBeTrue();
        var expires = await fixture.ScalarAsync<DateTime>("select expires_at from registry.revocations where value = $1", jti);
        new DateTimeOffset(expires).ToUnixTimeSeconds().ShouldBe(Jwt.Payload(tokens.AccessToken).GetProperty("exp").GetInt64());
        (await portal.RefreshAsync(tokens)).Status.ShouldBe(200); // the authorization goes on
        (await fixture.AboutAsync(user)).ShouldContain(row => row.Event == "token-revoked" && row.Reason == "token.access");
    }

    [Fact]
    public async Task A_revoked_refresh_token_takes_every_token_of_its_authorization_with_it()
    {
        var (user, portal, tokens) = await TokensAsync();
        using var _ = portal;
        var later = await portal.RefreshAsync(tokens);

        (await RevokeAsync(portal, later.RefreshToken, "refresh_token")).Status.ShouldBe(200);

        (await Feed.HasAsync(fixture, "token", tokens.Claim("jti"))).ShouldBeTrue();
        (await Feed.HasAsync(fixture, "token", later.Claim("jti"))).ShouldBeTrue();
        (await portal.RefreshAsync(later)).Error.ShouldBe("invalid_grant");
        (await fixture.AboutAsync(user)).ShouldContain(row => row.Event == "token-revoked" && row.Reason == "token.refresh");
    }

    [Fact]
    public async Task A_replayed_code_takes_what_it_gave_with_it()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        var code = await browser.SignInAsync(await portal.AuthorizeUrlAsync(("scope", PortalRefresh.Scope)), user, fixture.Clock.GetUtcNow());
        var tokens = await portal.ExchangeAsync(code);

        (await portal.ExchangeAsync(code)).Error.ShouldBe("invalid_grant");

        (await Feed.HasAsync(fixture, "token", tokens.Claim("jti"))).ShouldBeTrue();
        (await portal.RefreshAsync(tokens)).Error.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_token_is_revoked_with_its_client_only_and_nothing_tells_whether_it_exists()
    {
        var (_, portal, tokens) = await TokensAsync();
        using var _1 = portal;
        using var other = await Portal.CreateAsync(fixture, fixture.Corporate);

        foreach (var token in new[] { tokens.AccessToken, tokens.RefreshToken, "no-token-at-all" })
        {
            var answer = await RevokeAsync(other, token, null);
            answer.Status.ShouldBe(200);
            answer.Error.ShouldBeNull();
        }

        (await Feed.HasAsync(fixture, "token", tokens.Claim("jti"))).ShouldBeFalse();
        (await portal.RefreshAsync(tokens)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Without_authentication_nothing_is_revoked()
    {
        var (_, portal, tokens) = await TokensAsync();
        using var _1 = portal;
        using var http = fixture.Corporate.NewClient();

        foreach (var path in new[] { "/connect/revoke", "/connect/introspect" })
        {
            using var answer = await http.PostAsync(path, new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = tokens.AccessToken, ["client_id"] = portal.ClientId }));
            ((int)answer.StatusCode).ShouldBeOneOf(400, 401);
        }

        (await Feed.HasAsync(fixture, "token", tokens.Claim("jti"))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_revocation_that_the_gateway_cannot_be_told_of_does_not_happen()
    {
        var (_, portal, tokens) = await TokensAsync();
        using var _1 = portal;
        await fixture.ScalarAsync<object>("revoke execute on function registry.revoke(text, text, timestamptz) from corpsecure_identity_corporate");
        try
        {
            foreach (var token in new[] { tokens.AccessToken, tokens.RefreshToken })
            {
                var answer = await RevokeAsync(portal, token, null);
                answer.Status.ShouldBe(503);
                answer.Error.ShouldBe("temporarily_unavailable");
            }
        }
        finally
        {
            await Feed.GrantAsync(fixture);
        }

        (await portal.RefreshAsync(tokens)).Status.ShouldBe(200);
    }

    private Task<TokenAnswer> RevokeAsync(Portal portal, string token, string? hint) => hint is null
        ? portal.PostAsync(fixture.Corporate, "/connect/revoke", ("token", token))
        : portal.PostAsync(fixture.Corporate, "/connect/revoke", ("token", token), ("token_type_hint", hint));

    private async Task<(TestUser User, Portal Portal, TokenAnswer Tokens)> TokensAsync()
    {
        var user = await TestUser.CreateAsync(fixture);
        var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        return (user, portal, await portal.SignInAsync(fixture, browser, user));
    }
}
