using System.Security.Cryptography;
using System.Text.Json;
using CorpSecure.DevHost.Pki;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Gateway.Tests.World;

/// <summary>An OpenID provider as far as the gateway sees one: discovery, keys, and tokens with any claims a test wants.</summary>
public sealed class TestIssuer : IAsyncDisposable
{
    private readonly PemFiles certificate;
    private readonly int port;
    private WebApplication? app;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private TestIssuer(PemFiles certificate, int port)
    {
        this.certificate = certificate;
        this.port = port;
        Issuer = $"https://localhost:{port}/";
    }

    public string Issuer { get; }

    public ECDsa Key => key;

    /// <summary>What it answers of a token when it is asked; null: not at all.</summary>
    public Func<string, object?> Introspect { get; set; } = _ => new { active = true };

    /// <summary>The forms with which it was asked.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<Dictionary<string, string>> Asked { get; } = new();

    public static async Task<TestIssuer> StartAsync(PemFiles certificate)
    {
        var issuer = new TestIssuer(certificate, FreePort.Take());
        await issuer.ResumeAsync();
        return issuer;
    }

    public async Task PauseAsync()
    {
        if (app is null)
            return;
        await app.DisposeAsync();
        app = null;
    }

    public async Task ResumeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port, listen => listen.UseHttps(
            System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPemFile(certificate.CertificateFile, certificate.KeyFile))));
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = Issuer, jwks_uri = Issuer + "keys", introspection_endpoint = Issuer + "introspect" }));
        app.MapPost("/introspect", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            Asked.Enqueue(form.ToDictionary(field => field.Key, field => field.Value.ToString()));
            return Introspect(form["token"].ToString()) is { } answer ? Results.Json(answer) : Results.StatusCode(500);
        });
        app.MapGet("/keys", () => Results.Text(Keys(), "application/json"));
        await app.StartAsync();
    }

    public string Token(IDictionary<string, object> claims, string type = "at+jwt", SigningCredentials? credentials = null) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            JsonSerializer.Serialize(claims),
            credentials ?? new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = "issuer-1" }, SecurityAlgorithms.EcdsaSha256),
            new Dictionary<string, object> { ["typ"] = type });

    /// <summary>A token with exactly this text for its claims.</summary>
    public string Sign(string payload)
    {
        var signed = $"{Base64UrlEncoder.Encode("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"issuer-1\"}")}.{Base64UrlEncoder.Encode(payload)}";
        return $"{signed}.{Base64UrlEncoder.Encode(key.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public async ValueTask DisposeAsync()
    {
        await PauseAsync();
        key.Dispose();
    }

    private string Keys()
    {
        var point = key.ExportParameters(false).Q;
        return JsonSerializer.Serialize(new
        {
            keys = new[] { new { kty = "EC", crv = "P-256", kid = "issuer-1", use = "sig", alg = "ES256", x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) } },
        });
    }
}
