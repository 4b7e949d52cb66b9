using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CorpSecure.Identity.Import;
using Microsoft.AspNetCore.WebUtilities;

namespace CorpSecure.Identity.Tests.Fixture;

/// <summary>An OAuth client with a key of its own.</summary>
public sealed class Portal : IDisposable
{
    public const string Redirect = "http://127.0.0.1:51234/callback";
    private readonly IdentityFixture fixture;
    private readonly TestServer server;

    private Portal(IdentityFixture fixture, TestServer server)
    {
        this.fixture = fixture;
        this.server = server;
    }

    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string ClientId { get; private init; } = $"portal-{Guid.NewGuid():N}";

    public string Verifier { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public static async Task<Portal> CreateAsync(IdentityFixture fixture, TestServer server, Func<ImportedClient, ImportedClient>? alter = null, string? clientId = null)
    {
        var portal = clientId is null ? new Portal(fixture, server) : new Portal(fixture, server) { ClientId = clientId };
        var point = portal.Key.ExportParameters(false).Q;
        var client = new ImportedClient
        {
            ClientId = portal.ClientId,
            Jwk = JsonSerializer.SerializeToElement(new { kty = "EC", crv = "P-256", x = Base64Url.EncodeToString(point.X), y = Base64Url.EncodeToString(point.Y) }),
            RedirectUris = ["http://127.0.0.1/callback"],
            Grants = ["authorization_code", "refresh_token"],
            Scopes = [server.Settings.Scope],
        };
        await fixture.ImportAsync(server, new UsersDocument { OauthClients = [alter is null ? client : alter(client)] });
        return portal;
    }

    /// <summary>The authorization request; null removes a parameter.</summary>
    public string AuthorizeUrl(params (string Name, string? Value)[] changes)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["client_id"] = ClientId,
            ["response_type"] = "code",
            ["redirect_uri"] = Redirect,
            ["scope"] = server.Settings.Scope,
            ["state"] = "state-1",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes)
            parameters[name] = value;
        return QueryHelpers.AddQueryString("/connect/authorize", parameters.Where(parameter => parameter.Value is not null));
    }

    public Dictionary<string, object?> AssertionClaims()
    {
        var now = fixture.Clock.GetUtcNow().ToUnixTimeSeconds();
        return new()
        {
            ["iss"] = ClientId,
            ["sub"] = ClientId,
            ["aud"] = server.Settings.Issuer.AbsoluteUri,
            ["iat"] = now,
            ["exp"] = now + 60,
            ["jti"] = Guid.NewGuid().ToString(),
        };
    }

    public string Assertion(Action<Dictionary<string, object?>>? alter = null)
    {
        var claims = AssertionClaims();
        alter?.Invoke(claims);
        return Jwt.Make(new { alg = "ES256", typ = "JWT" }, claims, Jwt.Es256(Key));
    }

    public Task<TokenAnswer> ExchangeAsync(string code, string? assertion = null, string? verifier = null) => TokenAsync(new()
    {
        ["grant_type"] = "authorization_code",
        ["code"] = code,
        ["redirect_uri"] = Redirect,
        ["code_verifier"] = verifier ?? Verifier,
        ["client_assertion"] = assertion ?? Assertion(),
    });

    public async Task<TokenAnswer> TokenAsync(Dictionary<string, string> parameters, TestServer? at = null)
    {
        if (parameters.ContainsKey("client_assertion"))
            parameters["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        using var http = (at ?? server).NewClient();
        using var response = await http.PostAsync("/connect/token", new FormUrlEncodedContent(parameters));
        return new TokenAnswer((int)response.StatusCode, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()));
    }

    public void Dispose() => Key.Dispose();
}

public sealed record TokenAnswer(int Status, JsonElement Body)
{
    public string? Error => Body.TryGetProperty("error", out var error) ? error.GetString() : null;

    public string AccessToken => Body.GetProperty("access_token").GetString()!;
}
