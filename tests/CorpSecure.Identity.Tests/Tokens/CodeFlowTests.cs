using System.Text.Json;
using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.Tokens;

[Collection(IdentityCollection.Name)]
public sealed class CodeFlowTests(IdentityFixture fixture)
{
    [Fact]
    public async Task A_person_with_password_and_code_gets_a_token_with_the_claims_of_the_contract()
    {
        var user = await TestUser.CreateAsync(fixture, roles: ["viewer"]);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        var now = fixture.Clock.GetUtcNow();

        var back = await browser.EnterCodeAsync(await portal.AuthorizeUrlAsync(), user, user.CodeAt(now));
        var answer = await browser.FollowAsync(back);
        answer.Answer("iss").ShouldBe("https://localhost:8444/");
        answer.Answer("state").ShouldBe("state-1");
        var tokens = await portal.ExchangeAsync(answer.Code());

        tokens.Status.ShouldBe(200, tokens.Body.ToString());
        var header = Jwt.Header(tokens.AccessToken);
        header.GetProperty("typ").GetString().ShouldBe("at+jwt");
        header.GetProperty("alg").GetString().ShouldBe("ES256");
        var claims = Jwt.Payload(tokens.AccessToken);
        claims.GetProperty("iss").GetString().ShouldBe("https://localhost:8444/");
        claims.GetProperty("aud").GetString().ShouldBe("corpsecure-gateway");
        claims.GetProperty("sub").GetString().ShouldBe(user.Subject);
        claims.GetProperty("client_id").GetString().ShouldBe(portal.ClientId);
        claims.GetProperty("scope").GetString().ShouldBe("corporate");
        claims.GetProperty("jti").GetString().ShouldNotBeNullOrEmpty();
        claims.GetProperty("person").GetString().ShouldBe(user.Person);
        claims.GetProperty("client").GetString().ShouldBe("acme");
        claims.GetProperty("acr").GetString().ShouldBe("urn:corpsecure:acr:mfa");
        Texts(claims, "amr").ShouldBe(["pwd", "otp"]);
        Texts(claims, "roles").ShouldBe(["viewer"]);
        claims.GetProperty("auth_time").GetInt64().ShouldBe(now.ToUnixTimeSeconds());
        (claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64()).ShouldBe(120);
        claims.GetProperty("cnf").GetProperty("jkt").GetString().ShouldBe(portal.Proof.Thumbprint);
        claims.GetProperty("cnf").EnumerateObject().Count().ShouldBe(1);
        tokens.Body.GetProperty("token_type").GetString().ShouldBe("DPoP");
        tokens.Body.GetProperty("expires_in").GetInt64().ShouldBeInRange(119, 120);
        Guid.Parse(claims.GetProperty("sid").GetString()!).ShouldBe(
            await fixture.ScalarAsync<Guid>("select \"Id\" from identity_corporate.sessions where \"UserId\" = $1", user.Subject));
        foreach (var inner in new[] { "oi_stamp", "oi_bound", "oi_rar" })
            claims.TryGetProperty(inner, out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Tokens_verify_with_the_published_key_and_discovery_names_only_what_is_allowed()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        var tokens = await portal.ExchangeAsync(await browser.SignInAsync(await portal.AuthorizeUrlAsync(), user, fixture.Clock.GetUtcNow()));
        using var http = fixture.Corporate.NewClient();

        var discovery = JsonSerializer.Deserialize<JsonElement>(await http.GetStringAsync("/.well-known/openid-configuration"));
        var keys = JsonSerializer.Deserialize<JsonElement>(await http.GetStringAsync(new Uri(discovery.GetProperty("jwks_uri").GetString()!).PathAndQuery));

        var kid = Jwt.Header(tokens.AccessToken).GetProperty("kid").GetString();
        var key = keys.GetProperty("keys").EnumerateArray().Single(jwk => jwk.GetProperty("kid").GetString() == kid);
        Jwt.Verifies(tokens.AccessToken, key).ShouldBeTrue();
        discovery.GetProperty("issuer").GetString().ShouldBe("https://localhost:8444/");
        Texts(discovery, "code_challenge_methods_supported").ShouldBe(["S256"]);
        Texts(discovery, "token_endpoint_auth_methods_supported").ShouldBe(["private_key_jwt"]);
        Texts(discovery, "token_endpoint_auth_signing_alg_values_supported").ShouldBe(["ES256", "PS256"]);
        Texts(discovery, "response_types_supported").ShouldBe(["code"]);
        Texts(discovery, "response_modes_supported").ShouldBe(["query"]);
        Texts(discovery, "grant_types_supported").ShouldBe(["authorization_code", "refresh_token", "client_credentials"], ignoreOrder: true);
        Texts(discovery, "acr_values_supported").ShouldBe(["urn:corpsecure:acr:pwd", "urn:corpsecure:acr:mfa"]);
        discovery.GetProperty("authorization_response_iss_parameter_supported").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_request_for_one_factor_is_answered_after_the_password_with_an_array_of_one_method()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);

        var back = await browser.EnterPasswordAsync(await portal.AuthorizeUrlAsync(("acr_values", "urn:corpsecure:acr:pwd")), user.Username, user.Password);
        var tokens = await portal.ExchangeAsync((await browser.FollowAsync(back)).Code());

        var claims = Jwt.Payload(tokens.AccessToken);
        claims.GetProperty("acr").GetString().ShouldBe("urn:corpsecure:acr:pwd");
        Texts(claims, "amr").ShouldBe(["pwd"]);

        // The same session does not suffice for a request that wants two factors.
        var stepUp = await browser.GetAsync(await portal.AuthorizeUrlAsync());
        stepUp.Location.ShouldStartWith("/sign-in?");
    }

    [Fact]
    public async Task A_request_that_names_both_levels_demands_two_factors()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);

        var next = await browser.EnterPasswordAsync(
            await portal.AuthorizeUrlAsync(("acr_values", "urn:corpsecure:acr:pwd urn:corpsecure:acr:mfa")), user.Username, user.Password);

        next.Location.ShouldStartWith("/sign-in/code?");
    }

    [Fact]
    public async Task A_refresh_token_gives_new_access_tokens_and_stays_the_same()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        var url = await portal.AuthorizeUrlAsync(("scope", "openid offline_access corporate"));
        var first = await portal.ExchangeAsync(await browser.SignInAsync(url, user, fixture.Clock.GetUtcNow()));
        first.Status.ShouldBe(200, first.Body.ToString());

        var second = await portal.RefreshAsync(first);
        fixture.Clock.Advance(TimeSpan.FromSeconds(61));
        var third = await portal.RefreshAsync(first);

        var claims = Jwt.Payload(second.AccessToken);
        claims.GetProperty("acr").GetString().ShouldBe("urn:corpsecure:acr:mfa");
        claims.GetProperty("auth_time").GetInt64().ShouldBe(Jwt.Payload(first.AccessToken).GetProperty("auth_time").GetInt64());
        Texts(claims, "amr").ShouldBe(["pwd", "otp"]);
        Texts(Jwt.Payload(first.Body.GetProperty("id_token").GetString()!), "amr").ShouldBe(["pwd", "otp"]);
        second.RefreshToken.ShouldBe(first.RefreshToken);
        third.Status.ShouldBe(200, third.Body.ToString());
        third.AccessToken.ShouldNotBe(second.AccessToken);
    }

    [Fact]
    public async Task A_refresh_token_ends_with_the_absolute_session()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        var tokens = await portal.ExchangeAsync(
            await browser.SignInAsync(await portal.AuthorizeUrlAsync(("scope", "offline_access corporate")), user, fixture.Clock.GetUtcNow()));

        for (var step = 0; step < 179; step++) // 179 times 4 minutes are less than twelve hours
        {
            fixture.Clock.Advance(TimeSpan.FromMinutes(4));
            tokens = await portal.RefreshAsync(tokens);
            tokens.Status.ShouldBe(200, $"{step}: {tokens.Body}");
        }

        fixture.Clock.Advance(TimeSpan.FromMinutes(4));
        (await portal.RefreshAsync(tokens)).Error.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_machine_client_gets_a_token_of_its_own_level()
    {
        using var machine = await Portal.CreateAsync(
            fixture, fixture.Corporate, client => client with { Grants = ["client_credentials"], RedirectUris = [], Client = "acme", Subject = "acme-erp" });

        var answer = await machine.TokenAsync(new() { ["grant_type"] = "client_credentials", ["scope"] = "corporate", ["client_assertion"] = machine.Assertion() });

        answer.Status.ShouldBe(200, answer.Body.ToString());
        var claims = Jwt.Payload(answer.AccessToken);
        claims.GetProperty("acr").GetString().ShouldBe("urn:corpsecure:acr:client");
        Texts(claims, "amr").ShouldBe(["swk"]);
        claims.GetProperty("sub").GetString().ShouldBe("acme-erp");
        claims.GetProperty("client").GetString().ShouldBe("acme");
        claims.GetProperty("aud").GetString().ShouldBe("corpsecure-gateway");
    }

    private static string?[] Texts(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(value => value.GetString())];
}
