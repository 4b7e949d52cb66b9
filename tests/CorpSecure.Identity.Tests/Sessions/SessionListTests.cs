using System.Security.Cryptography.X509Certificates;
using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.Sessions;

[Collection(IdentityCollection.Name)]
public sealed class SessionListTests(IdentityFixture fixture) : IAsyncLifetime
{
    private const string List = "/connect/sessions";
    private SessionListWorld world = null!;
    private X509Certificate2 certificate = null!;

    public async Task InitializeAsync()
    {
        world = await SessionListWorld.StartAsync(fixture);
        certificate = world.NewCertificate();
    }

    public async Task DisposeAsync()
    {
        certificate.Dispose();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task An_application_lists_the_sessions_of_its_user_and_no_others()
    {
        using var portal = await world.PortalAsync();
        var user = await TestUser.CreateAsync(fixture);
        await world.SignInAsync(portal, await TestUser.CreateAsync(fixture), certificate);
        var first = await world.SignInAsync(portal, user, certificate);
        var second = await world.SignInAsync(portal, user, certificate);

        var (status, body, _) = await world.SendAsync(HttpMethod.Get, List, second.AccessToken, certificate);

        status.ShouldBe(200);
        var rows = body.GetProperty("sessions").EnumerateArray().ToArray();
        rows.Select(row => row.GetProperty("sid").GetString()).ShouldBe([second.Claim("sid"), first.Claim("sid")]);
        rows.Select(row => row.GetProperty("current").GetBoolean()).ShouldBe([true, false]);
        rows[0].GetProperty("client").GetString().ShouldBe(portal.ClientId);
        rows[0].GetProperty("acr").GetString().ShouldBe("urn:corpsecure:acr:mfa");
        rows[0].GetProperty("startedAt").GetDateTimeOffset().ShouldBe(fixture.Clock.GetUtcNow(), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Ending_another_session_ends_its_tokens_at_once()
    {
        using var portal = await world.PortalAsync();
        var user = await TestUser.CreateAsync(fixture);
        var other = await world.SignInAsync(portal, user, certificate);
        var own = await world.SignInAsync(portal, user, certificate);

        (await world.SendAsync(HttpMethod.Post, $"{List}/{other.Claim("sid")}/end", own.AccessToken, certificate)).Status.ShouldBe(204);

        (await RefreshAsync(portal, other)).Error.ShouldBe("invalid_grant");
        (await world.SendAsync(HttpMethod.Get, List, other.AccessToken, certificate)).Status.ShouldBe(401);
        (await Feed.HasAsync(fixture, "session", other.Claim("sid"))).ShouldBeTrue();
        (await RefreshAsync(portal, own)).Status.ShouldBe(200);
        (await fixture.AboutAsync(user))[^2].Event.ShouldBe("session-ended");
    }

    [Fact]
    public async Task Ending_all_ends_this_one_too()
    {
        using var portal = await world.PortalAsync();
        var user = await TestUser.CreateAsync(fixture);
        var other = await world.SignInAsync(portal, user, certificate);
        var own = await world.SignInAsync(portal, user, certificate);

        (await world.SendAsync(HttpMethod.Post, $"{List}/all/end", own.AccessToken, certificate)).Status.ShouldBe(204);

        (await RefreshAsync(portal, other)).Error.ShouldBe("invalid_grant");
        (await RefreshAsync(portal, own)).Error.ShouldBe("invalid_grant");
        (await fixture.AboutAsync(user)).Count(row => row.Event == "session-ended").ShouldBe(2);
    }

    [Fact]
    public async Task Somebody_elses_session_is_unknown()
    {
        using var portal = await world.PortalAsync();
        var theirs = await world.SignInAsync(portal, await TestUser.CreateAsync(fixture), certificate);
        var own = await world.SignInAsync(portal, await TestUser.CreateAsync(fixture), certificate);

        foreach (var sid in new[] { theirs.Claim("sid"), Guid.NewGuid().ToString(), "x", theirs.Claim("sid").ToUpperInvariant() })
            (await world.SendAsync(HttpMethod.Post, $"{List}/{sid}/end", own.AccessToken, certificate)).Status.ShouldBe(404);

        (await RefreshAsync(portal, theirs)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_token_without_the_scope_or_for_another_audience_opens_nothing()
    {
        using var portal = await world.PortalAsync();
        var user = await TestUser.CreateAsync(fixture);
        var plain = await world.SignInAsync(portal, user, certificate, PortalRefresh.Scope);
        var full = await world.SignInAsync(portal, user, certificate);
        var withoutScope = world.Forge(full, claims => claims["scope"] = "corporate");

        (await world.SendAsync(HttpMethod.Get, List, plain.AccessToken, certificate)).Status.ShouldBe(401);
        (await world.SendAsync(HttpMethod.Get, List, withoutScope, certificate)).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_refresh_for_one_scope_gives_a_token_for_its_audience_only()
    {
        using var portal = await world.PortalAsync();
        var tokens = await world.SignInAsync(portal, await TestUser.CreateAsync(fixture), certificate);

        var forList = await RefreshAsync(portal, tokens, ("scope", "sessions"));
        var forGateway = await RefreshAsync(portal, tokens, ("scope", "corporate"));

        forList.Claim("aud").ShouldBe("https://localhost:8444/");
        forGateway.Claim("aud").ShouldBe("corpsecure-gateway");
        (await world.SendAsync(HttpMethod.Get, List, forList.AccessToken, certificate)).Status.ShouldBe(200);
        (await world.SendAsync(HttpMethod.Get, List, forGateway.AccessToken, certificate)).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData("other certificate")]
    [InlineData("no certificate")]
    [InlineData("unbound")]
    [InlineData("bound twice")]
    [InlineData("as DPoP")]
    [InlineData("expired")]
    [InlineData("other issuer")]
    [InlineData("other user")]
    [InlineData("no session")]
    [InlineData("refresh token")]
    [InlineData("in the query")]
    public async Task A_stolen_or_made_up_token_opens_nothing(string fault)
    {
        using var portal = await world.PortalAsync();
        var victim = await TestUser.CreateAsync(fixture);
        var tokens = await world.SignInAsync(portal, victim, certificate);
        using var other = world.NewCertificate();
        var bound = Jwt.Payload(tokens.AccessToken).GetProperty("cnf").GetProperty("x5t#S256").GetString();
        var token = fault switch
        {
            "unbound" => world.Forge(tokens, claims => claims.Remove("cnf")),
            "bound twice" => world.Forge(tokens, claims => claims["cnf"] = new Dictionary<string, object?> { ["x5t#S256"] = bound, ["jkt"] = "x" }),
            "other issuer" => world.Forge(tokens, claims => claims["iss"] = "https://localhost:9445/"),
            "other user" => world.Forge(tokens, claims => claims["sub"] = "somebody"),
            "no session" => world.Forge(tokens, claims => claims.Remove("sid")),
            "refresh token" => tokens.RefreshToken,
            _ => tokens.AccessToken,
        };
        if (fault == "expired")
            fixture.Clock.Advance(TimeSpan.FromSeconds(121));

        var with = fault == "other certificate" ? other : fault == "no certificate" ? null : certificate;
        var path = fault == "in the query" ? $"{List}?access_token={token}" : List;
        var (status, body, challenge) = await world.SendAsync(
            HttpMethod.Get, path, fault == "in the query" ? "x" : token, with, fault == "as DPoP" ? "DPoP" : "Bearer");

        status.ShouldBe(401);
        body.GetProperty("error").GetString().ShouldBe("invalid_token");
        challenge.ShouldContain("DPoP realm=\"corpsecure\"");
        (await world.SendAsync(HttpMethod.Get, List, world.Forge(tokens, _ => { }), fault == "expired" ? other : certificate)).Status.ShouldBe(fault == "expired" ? 401 : 200);
    }

    private Task<TokenAnswer> RefreshAsync(Portal portal, TokenAnswer tokens, params (string Name, string Value)[] more) =>
        world.TokenAsync(portal, certificate, [("grant_type", "refresh_token"), ("refresh_token", tokens.RefreshToken), .. more]);
}
