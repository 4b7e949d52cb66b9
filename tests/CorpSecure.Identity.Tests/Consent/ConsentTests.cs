using System.Text.Json;
using CorpSecure.Identity.Tests.Fixture;
using Microsoft.AspNetCore.WebUtilities;

namespace CorpSecure.Identity.Tests.Consent;

[Collection(IdentityCollection.Name)]
public sealed class ConsentTests(IdentityFixture fixture)
{
    private const string Hostile = "<script>alert(1)</script>\"'&{{7*7}} https://evil.example";

    [Fact]
    public async Task A_payment_is_shown_approved_and_carried_into_every_token()
    {
        var (user, portal, browser) = await SignedInAsync();

        var page = await AskAsync(portal, browser, Payment.Json());
        page.Document.QuerySelector("dd.amount")!.TextContent.ShouldBe("1250.00 EUR");
        var text = page.Document.QuerySelector("main")!.TextContent;
        foreach (var shown in new[] { portal.ClientId, "Müller & Söhne", "DE89370400440532013000", "acc-acme-001", "INV-1" })
            text.ShouldContain(shown);
        var tokens = await portal.ExchangeAsync((await browser.FollowAsync(await AnswerAsync(browser, page, "approve"))).Code());

        tokens.Status.ShouldBe(200, tokens.Body.ToString());
        ShouldBeThePayment(tokens.Body);
        ShouldBeThePayment(Jwt.Payload(tokens.AccessToken));
        var refreshed = await portal.RefreshAsync(tokens);
        ShouldBeThePayment(refreshed.Body);
        ShouldBeThePayment(Jwt.Payload(refreshed.AccessToken));
        (await fixture.AboutAsync(user)).Select(row => row.Event).ShouldBe(["signed-in", "token-issued", "consent-given", "token-issued", "token-issued"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_refused_payment_ends_the_request_with_access_denied()
    {
        var (user, portal, browser) = await SignedInAsync();
        var page = await AskAsync(portal, browser, Payment.Json());

        var back = await browser.FollowAsync(await AnswerAsync(browser, page, "refuse"));

        back.Answer("error").ShouldBe("access_denied");
        back.Answer("iss").ShouldBe("https://localhost:8444/");
        back.Answer("state").ShouldBe("state-1");
        back.Answer("code").ShouldBeNull();
        (await fixture.AboutAsync(user))[^1].Event.ShouldBe("consent-refused");
        (await AnswerAsync(browser, page, "approve")).Status.ShouldBe(400); // the request is used up
    }

    [Fact]
    public async Task A_password_alone_approves_no_payment()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        var url = await portal.AuthorizeUrlAsync(("authorization_details", Payment.Json()), ("acr_values", "urn:corpsecure:acr:pwd"));

        (await browser.EnterPasswordAsync(url, user.Username, user.Password)).Location.ShouldStartWith("/sign-in/code?");
        var alone = await browser.EnterPasswordAsync(await portal.AuthorizeUrlAsync(("acr_values", "urn:corpsecure:acr:pwd")), user.Username, user.Password);
        (await browser.FollowAsync(alone)).Code().ShouldNotBeEmpty();

        (await browser.GetAsync(url)).Location.ShouldStartWith("/sign-in?");
    }

    [Fact]
    public async Task Hostile_text_is_text()
    {
        var (_, portal, browser) = await SignedInAsync();

        var page = await AskAsync(portal, browser, Payment.Json(payment => (payment["reference"], Payment.Creditor(payment)["name"]) = (Hostile, Hostile)));

        page.Document.QuerySelectorAll("script, a[href*=evil], style, [style]").ShouldBeEmpty();
        page.Document.QuerySelectorAll("bdi").Select(element => element.TextContent).ShouldBe([Hostile, Hostile]);
        page.Header("Content-Security-Policy").ShouldBe(
            "default-src 'none'; style-src 'self'; form-action 'self' http://127.0.0.1:51234; frame-ancestors 'none'; base-uri 'none'");
    }

    [Fact]
    public async Task A_request_without_payments_asks_nothing()
    {
        var (_, portal, browser) = await SignedInAsync();
        var url = await portal.AuthorizeUrlAsync();

        (await browser.GetAsync($"/consent?returnUrl={Uri.EscapeDataString(url)}")).Status.ShouldBe(400);
        var tokens = await portal.ExchangeAsync((await browser.GetAsync(url)).Code());

        tokens.Body.TryGetProperty("authorization_details", out _).ShouldBeFalse();
        Jwt.Payload(tokens.AccessToken).TryGetProperty("authorization_details", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_silent_request_for_a_payment_is_refused()
    {
        var (_, portal, browser) = await SignedInAsync();

        (await browser.GetAsync(await portal.AuthorizeUrlAsync(("authorization_details", Payment.Json()), ("prompt", "none")))).Answer("error").ShouldBe("consent_required");
    }

    [Fact]
    public async Task An_approval_is_for_one_request_one_session_and_a_minute()
    {
        var (_, portal, browser) = await SignedInAsync();
        var (_, _, stranger) = await SignedInAsync();
        var approved = (await AnswerAsync(browser, await AskAsync(portal, browser, Payment.Json()), "approve")).Location;
        var mark = QueryHelpers.ParseQuery(new Uri(new Uri("https://x/"), approved).Query)["consent"].ToString();
        var other = await portal.AuthorizeUrlAsync(("authorization_details", Payment.Json(payment => payment["amount"] = "999999.00")));

        // Of another request, of another session, tampered with, and none at all.
        (await browser.GetAsync(QueryHelpers.AddQueryString(other, "consent", mark))).Location.ShouldStartWith("/consent?");
        (await stranger.GetAsync(approved)).Location.ShouldStartWith("/consent?");
        (await browser.GetAsync(approved[..^2] + "AA")).Location.ShouldStartWith("/consent?");
        (await browser.GetAsync(QueryHelpers.AddQueryString(other, "consent", "approve"))).Location.ShouldStartWith("/consent?");
        fixture.Clock.Advance(TimeSpan.FromSeconds(61));
        (await browser.GetAsync(approved)).Location.ShouldStartWith("/consent?");
    }

    [Fact]
    public async Task Without_a_session_the_page_leads_to_the_sign_in()
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        var url = await portal.AuthorizeUrlAsync(("authorization_details", Payment.Json()));

        var page = await browser.GetAsync($"/consent?returnUrl={Uri.EscapeDataString(url)}");

        (await browser.FollowAsync(page)).Location.ShouldStartWith("/sign-in?");
    }

    [Fact]
    public async Task A_token_request_can_ask_for_no_payment_that_nobody_saw()
    {
        using var machine = await Portal.CreateAsync(
            fixture, fixture.Corporate, client => client with { Grants = ["client_credentials"], RedirectUris = [], Client = "acme" });

        var answer = await machine.TokenAsync(new()
        {
            ["grant_type"] = "client_credentials",
            ["scope"] = "corporate",
            ["authorization_details"] = Payment.Json(),
            ["client_assertion"] = machine.Assertion(),
        });

        answer.Error.ShouldBe("invalid_authorization_details");
    }

    private static void ShouldBeThePayment(JsonElement holder)
    {
        var details = holder.GetProperty("authorization_details");
        details.ValueKind.ShouldBe(JsonValueKind.Array);
        var payment = details.EnumerateArray().ShouldHaveSingleItem();
        JsonElement.DeepEquals(payment, JsonSerializer.Deserialize<JsonElement>(Payment.Json())[0]).ShouldBeTrue(payment.ToString());
    }

    private static async Task<Visit> AskAsync(Portal portal, Browser browser, string details)
    {
        var start = await browser.GetAsync(await portal.AuthorizeUrlAsync(("authorization_details", details), ("scope", "offline_access corporate")));
        start.Location.ShouldStartWith("/consent?");
        var page = await browser.FollowAsync(start);
        page.Status.ShouldBe(200);
        return page;
    }

    private static async Task<Visit> AnswerAsync(Browser browser, Visit page, string answer) => await browser.PressAsync(page, "Answer", answer);

    private async Task<(TestUser User, Portal Portal, Browser Browser)> SignedInAsync()
    {
        var user = await TestUser.CreateAsync(fixture);
        var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        var browser = new Browser(fixture.Corporate);
        await portal.ExchangeAsync(await browser.SignInAsync(await portal.AuthorizeUrlAsync(), user, fixture.Clock.GetUtcNow()));
        return (user, portal, browser);
    }
}
