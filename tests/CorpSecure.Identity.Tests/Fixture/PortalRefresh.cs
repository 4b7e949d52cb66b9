using System.Text.Json;

namespace CorpSecure.Identity.Tests.Fixture;

/// <summary>What a portal does with the tokens it has.</summary>
public static class PortalRefresh
{
    public const string Scope = "offline_access corporate";

    public static async Task<TokenAnswer> SignInAsync(this Portal portal, IdentityFixture fixture, Browser browser, TestUser user, string scope = Scope) =>
        await portal.ExchangeAsync(await browser.SignInAsync(await portal.AuthorizeUrlAsync(("scope", scope)), user, fixture.Clock.GetUtcNow()));

    /// <summary>At another replica, or one with another key.</summary>
    public static Task<TokenAnswer> RefreshAsync(this Portal portal, TokenAnswer tokens, TestServer at) => portal.TokenAsync(
        new()
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = tokens.RefreshToken,
            ["client_assertion"] = portal.Assertion(),
        },
        at,
        [portal.Proof.MakeFor(at, "/connect/token")]);

    public static string Claim(this TokenAnswer tokens, string name) => Jwt.Payload(tokens.AccessToken).GetProperty(name).GetString()!;

    /// <summary>Posts to another endpoint with the portal's authentication.</summary>
    public static async Task<TokenAnswer> PostAsync(this Portal portal, TestServer server, string path, params (string Name, string Value)[] fields)
    {
        var parameters = fields.ToDictionary(field => field.Name, field => field.Value);
        parameters["client_assertion"] = portal.Assertion();
        parameters["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        using var http = server.NewClient();
        using var response = await http.PostAsync(path, new FormUrlEncodedContent(parameters));
        var body = await response.Content.ReadAsStringAsync();
        return new TokenAnswer((int)response.StatusCode, JsonSerializer.Deserialize<JsonElement>(body.Length == 0 ? "{}" : body), null);
    }
}
