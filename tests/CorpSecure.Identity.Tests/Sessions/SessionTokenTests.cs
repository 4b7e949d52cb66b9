using CorpSecure.Identity.Import;
using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.Sessions;

[Collection(IdentityCollection.Name)]
public sealed class SessionTokenTests(IdentityFixture fixture)
{
    [Fact]
    public async Task A_refresh_keeps_the_session_alive_on_every_replica_and_an_idle_one_refreshes_nothing()
    {
        var (_, portal, browser, tokens) = await SignedInAsync();
        using var _1 = portal;
        using var _2 = browser;
        for (var step = 0; step < 3; step++)
        {
            fixture.Clock.Advance(TimeSpan.FromMinutes(4.9));
            tokens = await portal.RefreshAsync(tokens, step % 2 == 0 ? fixture.Corporate : fixture.CorporateReplica);
            tokens.Status.ShouldBe(200, tokens.Body.ToString());
        }

        (await browser.GetAsync("/sessions")).Status.ShouldBe(200); // the browser's part of it too, though it was not used

        fixture.Clock.Advance(TimeSpan.FromMinutes(5));
        (await portal.RefreshAsync(tokens)).Error.ShouldBe("invalid_grant");
        (await browser.GetAsync(await portal.AuthorizeUrlAsync())).Location.ShouldStartWith("/sign-in?");
    }

    [Fact]
    public async Task Signing_out_is_recorded_ends_refresh_tokens_and_codes_and_tells_the_gateway()
    {
        var (user, portal, browser, tokens) = await SignedInAsync();
        using var _1 = portal;
        using var _2 = browser;
        using var other = await Portal.CreateAsync(fixture, fixture.Corporate);
        var code = (await browser.GetAsync(await other.AuthorizeUrlAsync())).Code();
        var sid = tokens.Claim("sid");

        await browser.SubmitAsync(await browser.GetAsync("/sign-out"));

        (await portal.RefreshAsync(tokens)).Error.ShouldBe("invalid_grant");
        (await other.ExchangeAsync(code)).Error.ShouldBe("invalid_grant");
        (await Feed.HasAsync(fixture, "session", sid)).ShouldBeTrue();
        var left = await fixture.ScalarAsync<DateTime>("select expires_at from registry.revocations where value = $1", sid);
        left.ShouldBeGreaterThan(fixture.Clock.GetUtcNow().UtcDateTime + fixture.Corporate.Settings.AccessTokenLifetime);
        var last = (await fixture.AboutAsync(user))[^1];
        last.Event.ShouldBe("signed-out");
        last.Payload.ShouldContain(sid);
    }

    [Fact]
    public async Task A_session_whose_end_cannot_be_recorded_goes_on()
    {
        var (_, portal, browser, tokens) = await SignedInAsync();
        using var _1 = portal;
        using var _2 = browser;
        await fixture.ScalarAsync<object>("revoke insert on ledger.entries from corpsecure_writer");
        try
        {
            (await browser.SubmitAsync(await browser.GetAsync("/sign-out"))).Status.ShouldBe(503);
        }
        finally
        {
            await fixture.ScalarAsync<object>("grant insert on ledger.entries to corpsecure_writer");
        }

        (await Feed.HasAsync(fixture, "session", tokens.Claim("sid"))).ShouldBeFalse();
        (await portal.RefreshAsync(tokens)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_session_that_the_gateway_cannot_be_told_of_does_not_end()
    {
        var (_, portal, browser, tokens) = await SignedInAsync();
        using var _1 = portal;
        using var _2 = browser;
        await fixture.ScalarAsync<object>("revoke execute on function registry.revoke(text, text, timestamptz) from corpsecure_identity_corporate");
        try
        {
            (await browser.SubmitAsync(await browser.GetAsync("/sign-out"))).Status.ShouldBe(503);
        }
        finally
        {
            await Feed.GrantAsync(fixture);
        }

        (await portal.RefreshAsync(tokens)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_new_password_ends_refresh_tokens()
    {
        var (user, portal, browser, tokens) = await SignedInAsync();
        using var _1 = portal;
        using var _2 = browser;

        await fixture.ImportAsync(fixture.Corporate, new UsersDocument { Users = [user.ToImport() with { Password = "another long password" }] });

        (await portal.RefreshAsync(tokens)).Error.ShouldBe("invalid_grant");
    }

    private async Task<(TestUser User, Portal Portal, Browser Browser, TokenAnswer Tokens)> SignedInAsync()
    {
        var user = await TestUser.CreateAsync(fixture);
        var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        var browser = new Browser(fixture.Corporate);
        return (user, portal, browser, await portal.SignInAsync(fixture, browser, user));
    }
}
