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
        Proof = new Proof(fixture, server);
    }

    /// <summary>Of the key that its tokens are for.</summary>
    public Proof Proof { get; }

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

    /// <summary>Pushes the authorization request; null removes a parameter. The address to send the browser to.</summary>
    public async Task<string> AuthorizeUrlAsync(params (string Name, string? Value)[] changes)
    {
        var pushed = await PushAsync(changes);
        pushed.Status.ShouldBe(201, pushed.Body.ToString());
        return AuthorizeUrl(pushed.RequestUri);
    }

    public string AuthorizeUrl(string requestUri, string? clientId = null) => QueryHelpers.AddQueryString(
        "/connect/authorize", new Dictionary<string, string?> { ["client_id"] = clientId ?? ClientId, ["request_uri"] = requestUri });

    public Dictionary<string, string?> AuthorizationRequest() => new()
    {
        ["client_id"] = ClientId,
        ["response_type"] = "code",
        ["redirect_uri"] = Redirect,
        ["scope"] = server.Settings.Scope,
        ["state"] = "state-1",
        ["code_challenge"] = Challenge,
        ["code_challenge_method"] = "S256",
    };

    public Task<TokenAnswer> PushAsync(params (string Name, string? Value)[] changes) => PushAsync([Proof.Make("/connect/par")], changes);

    public Task<TokenAnswer> PushAsync(string[] proofs, params (string Name, string? Value)[] changes)
    {
        var parameters = AuthorizationRequest();
        parameters["client_assertion"] = Assertion();
        foreach (var (name, value) in changes)
            parameters[name] = value;
        return PostAsync("/connect/par", parameters.Where(parameter => parameter.Value is not null).ToDictionary(parameter => parameter.Key, parameter => parameter.Value!), server, proofs);
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

    public Task<TokenAnswer> ExchangeAsync(string code, string? assertion = null, string? verifier = null, string[]? proofs = null) => TokenAsync(
        new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = Redirect,
            ["code_verifier"] = verifier ?? Verifier,
            ["client_assertion"] = assertion ?? Assertion(),
        },
        proofs: proofs);

    public Task<TokenAnswer> RefreshAsync(TokenAnswer tokens, string[]? proofs = null) => TokenAsync(
        new() { ["grant_type"] = "refresh_token", ["refresh_token"] = tokens.RefreshToken, ["client_assertion"] = Assertion() }, proofs: proofs);

    /// <param name="proofs">The values of DPoP fields; one good one unless told otherwise.</param>
    public Task<TokenAnswer> TokenAsync(Dictionary<string, string> parameters, TestServer? at = null, string[]? proofs = null) =>
        PostAsync("/connect/token", parameters, at ?? server, proofs ?? [Proof.Make("/connect/token")]);

    private static async Task<TokenAnswer> PostAsync(string path, Dictionary<string, string> parameters, TestServer at, string[] proofs)
    {
        if (parameters.ContainsKey("client_assertion"))
            parameters.TryAdd("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        using var http = at.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(parameters) };
        foreach (var proof in proofs)
            request.Headers.TryAddWithoutValidation("DPoP", proof).ShouldBeTrue();
        using var response = await http.SendAsync(request);
        return await TokenAnswer.ReadAsync(response);
    }

    public void Dispose()
    {
        Key.Dispose();
        Proof.Dispose();
    }
}
