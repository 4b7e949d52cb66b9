using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using CorpSecure.Protocol.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Benchmarks.Load;

/// <summary>An OpenID provider as far as the gateway sees one, with tokens that outlive a run.</summary>
internal sealed class LoadIssuer : IAsyncDisposable
{
    private const string KeyId = "issuer-1";

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly WebApplication app;

    private LoadIssuer(int port, WebApplication app)
    {
        this.app = app;
        Address = $"https://localhost:{port}/";
    }

    public string Address { get; }

    public static async Task<LoadIssuer> StartAsync(int port, LoadCertificates certificates, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port, listen => listen.UseHttps(
            X509Certificate2.CreateFromPemFile(certificates.Server.CertificateFile, certificates.Server.KeyFile))));
        var app = builder.Build();
        var issuer = new LoadIssuer(port, app);
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = issuer.Address, jwks_uri = issuer.Address + "keys" }));
        app.MapGet("/keys", () => Results.Json(new { keys = new[] { issuer.PublicKey() } }));
        await app.StartAsync(cancellation);
        return issuer;
    }

    /// <param name="confirmation">What the token is bound to (RFC 7800).</param>
    public string Token(LoadUser user, string method, string confirmation)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = Address,
            ["aud"] = "corpsecure-gateway",
            ["sub"] = user.Subject,
            ["person"] = user.Person,
            ["client"] = LoadUser.Client,
            ["client_id"] = "portal",
            ["scope"] = "corporate",
            ["jti"] = Guid.CreateVersion7().ToString(),
            ["iat"] = now,
            ["exp"] = now + 4 * 3600,
            ["auth_time"] = now,
            ["acr"] = AcrValues.MultiFactor,
            ["amr"] = new[] { "pwd", "otp" },
            ["cnf"] = new Dictionary<string, string> { [method] = confirmation },
        };
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            JsonSerializer.Serialize(claims),
            new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = KeyId }, SecurityAlgorithms.EcdsaSha256),
            new Dictionary<string, object> { ["typ"] = "at+jwt" });
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private object PublicKey()
    {
        var point = key.ExportParameters(false).Q;
        return new { kty = "EC", crv = "P-256", kid = KeyId, use = "sig", alg = "ES256", x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) };
    }
}
