using CorpSecure.Identity.Import;
using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.SignIn;

[Collection(IdentityCollection.Name)]
public sealed class SessionTests(IdentityFixture fixture)
{
    [Fact]
    public async Task A_session_answers_again_until_it_has_been_idle_for_five_minutes()
    {
        var (user, portal, browser) = await SignedInAsync();
        for (var visit = 0; visit < 3; visit++)
        {
            fixture.Clock.Advance(TimeSpan.FromMinutes(4.9));
            (await browser.GetAsync(await portal.AuthorizeUrlAsync())).Code().ShouldNotBeEmpty();
        }

        fixture.Clock.Advance(TimeSpan.FromMinutes(5));
        (await browser.GetAsync(await portal.AuthorizeUrlAsync())).Location.ShouldStartWith("/sign-in?");
        (await browser.GetAsync("/sessions")).Status.ShouldBe(401);
        user.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_busy_session_is_written_at_most_every_ten_seconds_and_is_never_idle_for_longer_than_allowed()
    {
        var (user, _, browser) = await SignedInAsync();
        const string Version = "select xmin::text from identity_corporate.sessions where \"UserId\" = $1";
        var first = await fixture.ScalarAsync<string>(Version, user.Subject);

        fixture.Clock.Advance(TimeSpan.FromSeconds(9));
        await browser.GetAsync("/sessions");
        (await fixture.ScalarAsync<string>(Version, user.Subject)).ShouldBe(first);
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        await browser.GetAsync("/sessions");
        var second = await fixture.ScalarAsync<string>(Version, user.Subject);
        second.ShouldNotBe(first);

        fixture.Clock.Advance(TimeSpan.FromSeconds(9));
        await browser.GetAsync("/sessions");
        fixture.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(9)); // since the last use that was written
        (await browser.GetAsync("/sessions")).Status.ShouldBe(401);
        (await fixture.ScalarAsync<string>(Version, user.Subject)).ShouldBe(second); // nor does coming too late bring it back
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours_however_busy()
    {
        var (_, portal, browser) = await SignedInAsync();
        for (var visit = 0; visit < 149; visit++)
        {
            fixture.Clock.Advance(TimeSpan.FromMinutes(4.8));
            (await browser.GetAsync("/sessions")).Status.ShouldBe(200);
        }

        (await browser.GetAsync(await portal.AuthorizeUrlAsync())).Code().ShouldNotBeEmpty();
        fixture.Clock.Advance(TimeSpan.FromMinutes(4.8));
        (await browser.GetAsync(await portal.AuthorizeUrlAsync())).Location.ShouldStartWith("/sign-in?");
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_server()
    {
        var (user, portal, browser) = await SignedInAsync();
        (await fixture.ScalarAsync<long>("select count(*) from identity_corporate.sessions where \"UserId\" = $1", user.Subject)).ShouldBe(1);

        var page = await browser.SubmitAsync(await browser.GetAsync("/sign-out"));

        page.Document.Title.ShouldBe("Signed out - CorpSecure");
        (await fixture.ScalarAsync<long>("select count(*) from identity_corporate.sessions where \"UserId\" = $1", user.Subject)).ShouldBe(0);
        (await browser.GetAsync(await portal.AuthorizeUrlAsync())).Location.ShouldStartWith("/sign-in?");
        (await fixture.AboutAsync(user))[^1].Event.ShouldBe("signed-out");
    }

    [Fact]
    public async Task A_new_password_ends_the_session()
    {
        var (user, portal, browser) = await SignedInAsync();

        await fixture.ImportAsync(fixture.Corporate, new UsersDocument { Users = [user.ToImport() with { Password = "another long password" }] });

        (await browser.GetAsync(await portal.AuthorizeUrlAsync())).Location.ShouldStartWith("/sign-in?");
    }

    [Theory]
    [InlineData("prompt", "login")]
    [InlineData("max_age", "0")]
    public async Task A_request_for_a_fresh_sign_in_gets_one_and_cannot_be_talked_out_of_it(string parameter, string value)
    {
        var (user, portal, browser) = await SignedInAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(60));
        var url = await portal.AuthorizeUrlAsync((parameter, value));

        var start = await browser.GetAsync(url);
        start.Location.ShouldStartWith("/sign-in?");
        var unescaped = Uri.UnescapeDataString(start.Location["/sign-in?returnUrl=".Length..]);
        (await browser.GetAsync(unescaped)).Location.ShouldStartWith("/sign-in?"); // coming back without having signed in

        var code = await browser.SignInAsync(url, user, fixture.Clock.GetUtcNow());
        var tokens = await portal.ExchangeAsync(code);
        Jwt.Payload(tokens.AccessToken).GetProperty("auth_time").GetInt64().ShouldBe(fixture.Clock.GetUtcNow().ToUnixTimeSeconds());
    }

    [Fact]
    public async Task A_sign_in_older_than_max_age_does_not_suffice()
    {
        var (_, portal, browser) = await SignedInAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(59));
        (await browser.GetAsync(await portal.AuthorizeUrlAsync(("max_age", "60")))).Code().ShouldNotBeEmpty();
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        (await browser.GetAsync(await portal.AuthorizeUrlAsync(("max_age", "60")))).Location.ShouldStartWith("/sign-in?");
    }

    [Fact]
    public async Task Without_a_session_a_silent_request_is_answered_with_an_error()
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);

        (await browser.GetAsync(await portal.AuthorizeUrlAsync(("prompt", "none")))).Answer("error").ShouldBe("login_required");
    }

    private async Task<(TestUser User, Portal Portal, Browser Browser)> SignedInAsync()
    {
        var user = await TestUser.CreateAsync(fixture);
        var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        var browser = new Browser(fixture.Corporate);
        await browser.SignInAsync(await portal.AuthorizeUrlAsync(), user, fixture.Clock.GetUtcNow());
        return (user, portal, browser);
    }
}
