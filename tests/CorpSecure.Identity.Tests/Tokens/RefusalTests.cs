using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.Tokens;

[Collection(IdentityCollection.Name)]
public sealed class RefusalTests(IdentityFixture fixture)
{
    [Theory]
    [InlineData("http://127.0.0.1:51234/callback/")]
    [InlineData("http://127.0.0.1:51234/callback?x=1")]
    [InlineData("http://localhost:51234/callback")]
    [InlineData("https://127.0.0.1:51234/callback")]
    [InlineData("http://127.0.0.1.evil.example:51234/callback")]
    [InlineData("https://evil.example/callback")]
    public async Task Another_redirect_is_refused(string redirect)
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);

        var answer = await portal.PushAsync(("redirect_uri", redirect));

        answer.Status.ShouldBe(400);
        answer.Error.ShouldBe("invalid_request");
    }

    [Fact]
    public async Task A_web_client_has_no_freedom_of_ports()
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate, client => client with { RedirectUris = ["https://portal.example/callback"] });

        (await portal.PushAsync(("redirect_uri", "https://portal.example:444/callback"))).Status.ShouldBe(400);
        (await portal.PushAsync(("redirect_uri", "https://portal.example/callback"))).Status.ShouldBe(201);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("challenge", "plain")]
    [InlineData("challenge", null)]
    public async Task A_request_without_an_S256_challenge_is_refused(string? challenge, string? method)
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);

        var answer = await portal.PushAsync(("code_challenge", challenge is null ? null : portal.Challenge), ("code_challenge_method", method));

        answer.Status.ShouldBe(400);
        answer.Error.ShouldBe("invalid_request");
    }

    [Theory]
    [InlineData("response_type", "token")]
    [InlineData("response_type", "id_token")]
    [InlineData("response_type", "code id_token")]
    [InlineData("response_mode", "fragment")]
    [InlineData("response_mode", "form_post")]
    public async Task Older_ways_to_answer_are_off(string parameter, string value)
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);

        var answer = await portal.PushAsync((parameter, value));

        answer.Status.ShouldBe(400);
        answer.Error.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("password")]
    [InlineData("urn:ietf:params:oauth:grant-type:device_code")]
    [InlineData("client_credentials")]
    public async Task Grants_the_client_was_not_given_are_refused(string grant)
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);

        var answer = await portal.TokenAsync(new()
        {
            ["grant_type"] = grant,
            ["scope"] = "corporate",
            ["username"] = "x",
            ["password"] = "x",
            ["device_code"] = "x",
            ["client_assertion"] = portal.Assertion(),
        });

        answer.Status.ShouldBe(400);
        answer.Error.ShouldBeOneOf("unsupported_grant_type", "unauthorized_client");
    }

    [Fact]
    public async Task A_code_is_exchanged_once()
    {
        var (portal, code) = await CodeAsync();

        (await portal.ExchangeAsync(code)).Status.ShouldBe(200);
        var second = await portal.ExchangeAsync(code);

        second.Status.ShouldBe(400);
        second.Error.ShouldBe("invalid_grant");
        (await fixture.AboutAsync(portal)).Count(row => row.Event == "token-issued").ShouldBe(1);
    }

    [Fact]
    public async Task What_a_code_has_given_ends_when_the_code_comes_again()
    {
        var (portal, code) = await CodeAsync("offline_access corporate");
        var tokens = await portal.ExchangeAsync(code);
        (await portal.RefreshAsync(tokens)).Status.ShouldBe(200);

        (await portal.ExchangeAsync(code)).Error.ShouldBe("invalid_grant");

        (await portal.RefreshAsync(tokens)).Error.ShouldBe("invalid_grant");
        const string Alive = """
            select count(*) from identity_corporate.oauth_tokens t join identity_corporate.oauth_applications a on a."Id" = t."ApplicationId"
            where a."ClientId" = $1 and t."Status" = 'valid'
            """;
        (await fixture.ScalarAsync<long>(Alive, portal.ClientId)).ShouldBe(0);
    }

    [Fact]
    public async Task Of_ten_parallel_exchanges_of_a_code_at_most_one_succeeds()
    {
        var (portal, code) = await CodeAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => portal.ExchangeAsync(code)));

        answers.Count(answer => answer.Status == 200).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task Grants_of_another_client_are_refused_and_a_stolen_code_ends_what_it_gave()
    {
        var (portal, code) = await CodeAsync("offline_access corporate");
        using var other = await Portal.CreateAsync(fixture, fixture.Corporate);
        var tokens = await portal.ExchangeAsync(code);

        (await other.RefreshAsync(tokens)).Error.ShouldBe("invalid_grant");
        (await portal.RefreshAsync(tokens)).Status.ShouldBe(200);
        (await other.ExchangeAsync(code, verifier: portal.Verifier)).Error.ShouldBe("invalid_grant");
        (await portal.RefreshAsync(tokens)).Error.ShouldBe("invalid_grant"); // whoever else has the code may have more
    }

    [Fact]
    public async Task A_code_lives_for_sixty_seconds()
    {
        var (portal, code) = await CodeAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(61));
        (await portal.ExchangeAsync(code)).Error.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_code_needs_its_verifier_and_its_own_client()
    {
        var (portal, code) = await CodeAsync();
        using var other = await Portal.CreateAsync(fixture, fixture.Corporate);

        (await portal.ExchangeAsync(code, verifier: new string('x', 43))).Error.ShouldBe("invalid_grant");
        (await portal.ExchangeAsync(code, verifier: portal.Challenge)).Error.ShouldBe("invalid_grant");
        (await portal.ExchangeAsync(code, verifier: "")).Error.ShouldNotBeNull();
        (await other.ExchangeAsync(code, verifier: portal.Verifier)).Error.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_request_without_the_scope_of_the_API_is_refused()
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);

        (await browser.GetAsync(await portal.AuthorizeUrlAsync(("scope", "openid")))).Answer("error").ShouldBe("invalid_scope");
        (await portal.PushAsync(("scope", "corporate ops"))).Error.ShouldBe("invalid_scope");
    }

    private async Task<(Portal Portal, string Code)> CodeAsync(string scope = "corporate")
    {
        var user = await TestUser.CreateAsync(fixture);
        var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        return (portal, await browser.SignInAsync(await portal.AuthorizeUrlAsync(("scope", scope)), user, fixture.Clock.GetUtcNow()));
    }
}
