using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.Sessions;

[Collection(IdentityCollection.Name)]
public sealed class SessionPageTests(IdentityFixture fixture)
{
    [Fact]
    public async Task The_page_shows_each_session_with_start_last_use_address_and_application()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var first = await SignInAsync(portal, user);
        using var second = await SignInAsync(portal, user);

        var page = await second.GetAsync("/sessions");

        page.Status.ShouldBe(200);
        var rows = page.Document.QuerySelectorAll(".sessions li");
        rows.Length.ShouldBe(2);
        rows[0].TextContent.ShouldContain("(this one)");
        rows[1].TextContent.ShouldNotContain("(this one)");
        foreach (var row in rows)
        {
            row.TextContent.ShouldContain(portal.ClientId);
            row.TextContent.ShouldContain("127.0.0.1");
            row.QuerySelectorAll("time").Length.ShouldBe(2);
        }

        page.Document.QuerySelectorAll("script, style, [style]").ShouldBeEmpty();
        page.Header("Content-Security-Policy").ShouldContain("default-src 'none'");
    }

    [Fact]
    public async Task Ending_another_session_signs_it_out_and_leaves_this_one()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var stolen = await SignInAsync(portal, user);
        using var own = await SignInAsync(portal, user);
        var page = await own.GetAsync("/sessions");
        var sid = page.Document.QuerySelectorAll(".sessions li input[name=sid]")[1].GetAttribute("value")!;

        var answer = await own.PostAsync("/sessions?handler=End", new() { ["sid"] = sid, ["__RequestVerificationToken"] = Token(page) });

        answer.Location.ShouldBe("/sessions");
        (await stolen.GetAsync("/sessions")).Status.ShouldBe(401);
        (await own.GetAsync("/sessions")).Document.QuerySelectorAll(".sessions li").Length.ShouldBe(1);
        (await Feed.HasAsync(fixture, "session", sid)).ShouldBeTrue();
        var last = (await fixture.AboutAsync(user))[^1];
        last.Event.ShouldBe("session-ended");
        last.Payload.ShouldContain(sid);
    }

    [Fact]
    public async Task Ending_all_others_leaves_this_one()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var first = await SignInAsync(portal, user);
        using var second = await SignInAsync(portal, user);
        using var third = await SignInAsync(portal, user);
        var page = await second.GetAsync("/sessions");

        (await second.PostAsync("/sessions?handler=Others", new() { ["__RequestVerificationToken"] = Token(page) })).Location.ShouldBe("/sessions");

        (await first.GetAsync("/sessions")).Status.ShouldBe(401);
        (await second.GetAsync("/sessions")).Status.ShouldBe(200);
        (await third.GetAsync("/sessions")).Status.ShouldBe(401);
        (await fixture.AboutAsync(user)).Count(row => row.Event == "session-ended").ShouldBe(2);
    }

    [Fact]
    public async Task Ending_this_session_signs_out()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = await SignInAsync(portal, user);

        await browser.SubmitAsync(await browser.GetAsync("/sessions"));

        (await browser.GetAsync("/sessions")).Status.ShouldBe(401);
        (await browser.GetAsync(await portal.AuthorizeUrlAsync())).Location.ShouldStartWith("/sign-in?");
    }

    [Fact]
    public async Task Somebody_elses_session_can_neither_be_seen_nor_ended()
    {
        var victim = await TestUser.CreateAsync(fixture);
        var attacker = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var theirs = await SignInAsync(portal, victim);
        using var own = await SignInAsync(portal, attacker);
        var sid = (await fixture.ScalarAsync<Guid>("select \"Id\" from identity_corporate.sessions where \"UserId\" = $1", victim.Subject)).ToString();
        var page = await own.GetAsync("/sessions");

        page.Document.Body!.InnerHtml.ShouldNotContain(sid);
        (await own.PostAsync("/sessions?handler=End", new() { ["sid"] = sid, ["__RequestVerificationToken"] = Token(page) })).Status.ShouldBe(404);
        (await theirs.GetAsync("/sessions")).Status.ShouldBe(200);
        (await fixture.AboutAsync(victim)).ShouldNotContain(row => row.Event == "session-ended");
    }

    [Theory]
    [InlineData("/sessions?handler=End")]
    [InlineData("/sessions?handler=Others")]
    public async Task A_form_without_the_antiforgery_token_ends_nothing(string path)
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = await SignInAsync(portal, user);
        var sid = (await browser.GetAsync("/sessions")).Document.QuerySelector("input[name=sid]")!.GetAttribute("value")!;

        (await browser.PostAsync(path, new() { ["sid"] = sid })).Status.ShouldBe(400);

        (await browser.GetAsync("/sessions")).Status.ShouldBe(200);
    }

    private static string Token(Visit page) => page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    // Each sign-in needs a code of a later step, which is accepted once.
    private async Task<Browser> SignInAsync(Portal portal, TestUser user)
    {
        fixture.Clock.Advance(TimeSpan.FromSeconds(30));
        var browser = new Browser(fixture.Corporate);
        await browser.SignInAsync(await portal.AuthorizeUrlAsync(), user, fixture.Clock.GetUtcNow());
        return browser;
    }
}
