using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Tests.Fixture;
using CorpSecure.Identity.Tests.Mtls;

namespace CorpSecure.Identity.Tests.Sessions;

/// <summary>Portals whose tokens are bound to certificates, and the list of sessions as they see it.</summary>
public sealed class SessionListWorld(IdentityFixture fixture, MtlsWorld mtls) : IAsyncDisposable
{
    public const string Scope = "offline_access corporate sessions";

    public static async Task<SessionListWorld> StartAsync(IdentityFixture fixture) => new(fixture, await MtlsWorld.StartAsync(fixture));

    public MtlsWorld Mtls => mtls;

    public X509Certificate2 NewCertificate() => mtls.Authority.Issue("CN=portal");

    public Task<Portal> PortalAsync() => Portal.CreateAsync(
        fixture, mtls.Server, client => client with { Scopes = ["corporate", "sessions"] });

    /// <summary>Signs in anew; a code of the authenticator is good once, so time goes on.</summary>
    public async Task<TokenAnswer> SignInAsync(Portal portal, TestUser user, X509Certificate2 certificate, string scope = Scope)
    {
        fixture.Clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = new Browser(mtls.Server);
        var pushed = await portal.PushAsync([], ("scope", scope)); // without a proof: the code is for whoever shows a certificate
        var code = await browser.SignInAsync(portal.AuthorizeUrl(pushed.RequestUri), user, fixture.Clock.GetUtcNow());
        return await TokenAsync(portal, certificate, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Portal.Redirect), ("code_verifier", portal.Verifier));
    }

    public async Task<TokenAnswer> TokenAsync(Portal portal, X509Certificate2 certificate, params (string Name, string Value)[] fields)
    {
        var all = fields.ToDictionary(field => field.Name, field => field.Value);
        all["client_assertion"] = portal.Assertion();
        all["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        using var http = mtls.Server.NewClient(certificate);
        using var response = await http.PostAsync("/connect/token", new FormUrlEncodedContent(all));
        return await TokenAnswer.ReadAsync(response);
    }

    public async Task<(int Status, JsonElement Body, string Challenge)> SendAsync(
        HttpMethod method, string path, string token, X509Certificate2? certificate, string scheme = "Bearer", string? proof = null)
    {
        using var http = certificate is null ? mtls.Server.NewClient() : mtls.Server.NewClient(certificate);
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue(scheme, token);
        if (proof is not null)
            request.Headers.Add("DPoP", proof);
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, JsonSerializer.Deserialize<JsonElement>(body.Length == 0 ? "{}" : body), response.Headers.WwwAuthenticate.ToString());
    }

    /// <summary>A token as the server makes them, with claims of choice: for bindings and faults that no answer of it has.</summary>
    public string Forge(TokenAnswer like, Action<Dictionary<string, object?>> alter)
    {
        using var key = IdentityKeys.LoadSigning(fixture.Configuration(Realm.Corporate, 3)["Identity:SigningKeyFile"]!);
        var claims = Jwt.Payload(like.AccessToken).EnumerateObject().ToDictionary(claim => claim.Name, claim => (object?)claim.Value);
        alter(claims);
        return Jwt.Make(new { alg = "ES256", typ = "at+jwt", kid = mtls.Server.Settings.Keys.Signing.KeyId }, claims, Jwt.Es256(key));
    }

    public async ValueTask DisposeAsync() => await mtls.DisposeAsync();
}
