using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.SignIn;

[Collection(IdentityCollection.Name)]
public sealed class PageTests(IdentityFixture fixture)
{
    [Theory]
    [InlineData("")]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/connect/authorize?x=1")]
    [InlineData("/\\evil.example")]
    [InlineData("/connect/authorize")]
    [InlineData("/connect/authorize/../../x?y=1")]
    [InlineData("/connect/authorize?client_id=x&request_uri=urn:ietf:params:oauth:request_uri:invented")]
    [InlineData("/connect/authorize?x=1\\@evil.example")]
    [InlineData("/sign-out?x=1")]
    [InlineData("javascript:alert(1)")]
    public async Task No_page_returns_to_anything_but_an_authorization_request(string returnUrl)
    {
        using var browser = new Browser(fixture.Corporate);

        (await browser.GetAsync($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}")).Status.ShouldBe(400);
        (await browser.GetAsync($"/sign-in/code?returnUrl={Uri.EscapeDataString(returnUrl)}")).Status.ShouldBe(400);
        (await browser.GetAsync($"/consent?returnUrl={Uri.EscapeDataString(returnUrl)}")).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("/sign-in", "Username")]
    [InlineData("/sign-in/code", "Code")]
    [InlineData("/consent", "Answer")]
    [InlineData("/sign-out", "Anything")]
    public async Task A_form_without_the_antiforgery_token_is_refused(string path, string field)
    {
        using var browser = new Browser(fixture.Corporate);

        var answer = await browser.PostAsync($"{path}?returnUrl=%2Fconnect%2Fauthorize%3Fx%3D1", new() { [field] = "x" });

        answer.Status.ShouldBe(400);
    }

    [Fact]
    public async Task Pages_carry_strict_headers_and_let_the_form_reach_only_the_registered_redirect()
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);

        var page = await browser.FollowAsync(await browser.GetAsync(await portal.AuthorizeUrlAsync()));
        var forged = await browser.GetAsync($"/sign-in?returnUrl={Uri.EscapeDataString(await portal.AuthorizeUrlAsync() + "&redirect_uri=https://evil.example/")}");

        page.Header("Content-Security-Policy").ShouldBe(
            "default-src 'none'; style-src 'self'; form-action 'self' http://127.0.0.1:51234; frame-ancestors 'none'; base-uri 'none'");
        forged.Header("Content-Security-Policy").ShouldContain("form-action 'self' http://127.0.0.1:51234;");
        page.Header("Strict-Transport-Security").ShouldStartWith("max-age=31536000");
        page.Header("Referrer-Policy").ShouldBe("no-referrer");
        page.Header("X-Content-Type-Options").ShouldBe("nosniff");
        page.Response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        page.Header("Server").ShouldBeEmpty();
        page.Document.QuerySelectorAll("script, style, [style]").ShouldBeEmpty();
        page.Document.QuerySelectorAll("input:not([type=hidden])").ShouldAllBe(input => page.Document.QuerySelector($"label[for={input.Id}]") != null);
    }

    [Fact]
    public async Task The_session_cookie_is_bound_to_the_host_and_hidden_from_scripts()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);

        var answer = await browser.EnterCodeAsync(await portal.AuthorizeUrlAsync(), user, user.CodeAt(fixture.Clock.GetUtcNow()));

        var cookie = answer.Response.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("__Host-corpsecure-corporate=", StringComparison.Ordinal));
        cookie.ShouldContain("secure");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldContain("path=/");
        cookie.ShouldNotContain("domain");
    }

    [Fact]
    public async Task Empty_fields_are_named_and_count_as_no_attempt()
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        var page = await browser.FollowAsync(await browser.GetAsync(await portal.AuthorizeUrlAsync()));

        var answer = await browser.SubmitAsync(page, ("Username", ""), ("Password", ""));

        answer.Status.ShouldBe(200);
        answer.Document.QuerySelector("#username-error")!.TextContent.ShouldBe("Enter your user name.");
        answer.Document.QuerySelector("#password-error")!.TextContent.ShouldBe("Enter your password.");
        (await fixture.AboutAsync(portal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Health_and_stylesheet_answer_without_a_session()
    {
        using var http = fixture.Corporate.NewClient();

        (await http.GetStringAsync("/health")).ShouldBe("Healthy");
        (await http.GetAsync("/assets/identity.css")).Content.Headers.ContentType!.MediaType.ShouldBe("text/css");
    }
}
