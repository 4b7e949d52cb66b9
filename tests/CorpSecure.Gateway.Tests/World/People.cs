using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CorpSecure.DevHost.Pki;
using CorpSecure.Protocol.Dpop;
using CorpSecure.Protocol.Problems;
using CorpSecure.Protocol.Signatures;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Gateway.Tests.World;

/// <summary>Who is registered: two clients, makers, a viewer, a suspended user, staff.</summary>
public static class People
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> Thumbprints = new();

    public static object Registry(Dictionary<string, SoftwareSigningKey> keys) => new
    {
        clients = new[] { new { id = "acme", name = "Acme Industries GmbH" }, new { id = "huaxin", name = "华新贸易有限公司" } },
        users = new object[]
        {
            new { subject = "u-anna", realm = "corporate", person = "p-anna", client = "acme", roles = new[] { "viewer", "maker" } },
            new { subject = "u-carla", realm = "corporate", person = "p-carla", client = "acme", roles = new[] { "viewer" } },
            new { subject = "u-adam", realm = "corporate", person = "p-adam", client = "acme", roles = new[] { "client-admin" } },
            new { subject = "u-gone", realm = "corporate", person = "p-gone", client = "acme", roles = new[] { "viewer" }, status = "suspended" },
            new { subject = "u-li", realm = "corporate", person = "p-li", client = "huaxin", roles = new[] { "viewer", "maker" } },
            new { subject = "s-rita", realm = "staff", person = "p-rita", client = (string?)null, roles = new[] { "reviewer" } },
            new { subject = "s-otto", realm = "staff", person = "p-otto", client = (string?)null, roles = new[] { "security-officer" } },
            new { subject = "s-paul", realm = "staff", person = "p-paul", client = (string?)null, roles = new[] { "policy-admin" } },
        },
        entitlements = new object[]
        {
            new { subject = "u-anna", account = "acc-acme-001", permissions = new[] { "view", "pay" } },
            new { subject = "u-anna", account = "acc-acme-002", permissions = new[] { "view" } },
            new { subject = "u-carla", account = "acc-acme-001", permissions = new[] { "view" } },
            new { subject = "u-gone", account = "acc-acme-001", permissions = new[] { "view" } },
            new { subject = "u-li", account = "acc-huaxin-001", permissions = new[] { "view", "pay" } },
        },
        keys = keys.Values.Select(key => new
        {
            keyId = key.KeyId,
            client = key.KeyId.StartsWith("li", StringComparison.Ordinal) ? "huaxin" : "acme",
            subject = key.KeyId.StartsWith("li", StringComparison.Ordinal) ? "u-li" : "u-anna",
            algorithm = key.Algorithm.Name,
            publicKeyPem = key.ExportPublicPem(),
            state = key.KeyId.EndsWith("revoked", StringComparison.Ordinal) ? "revoked" : key.KeyId.EndsWith("retired", StringComparison.Ordinal) ? "retired" : "active",
        }),
    };

    public static Dictionary<string, object> Claims(GatewayWorld world, string name, string acr = AcrValues.MultiFactor)
    {
        var staff = name is "rita" or "paul" or "otto";
        var now = world.Clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = staff ? world.Staff.Issuer : world.Corporate.Issuer,
            ["aud"] = staff ? "corpsecure-ops" : "corpsecure-gateway",
            ["sub"] = (staff ? "s-" : "u-") + name,
            ["person"] = "p-" + name,
            ["client_id"] = "corpsec",
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = now,
            ["exp"] = now + 600,
            ["auth_time"] = now,
            ["acr"] = acr,
            ["cnf"] = new Dictionary<string, object> { ["jkt"] = DpopProof.Thumbprint(ProofKeys.Of(name)) },
            ["amr"] = acr == AcrValues.Password ? new[] { "pwd" } : ["pwd", "otp"],
        };
        if (!staff)
            claims["client"] = name == "li" ? "huaxin" : "acme";
        return claims;
    }

    public static string Token(GatewayWorld world, string name, string acr = AcrValues.MultiFactor) =>
        (name is "rita" or "paul" or "otto" ? world.Staff : world.Corporate).Token(Claims(world, name, acr));

    /// <summary>A token that is good on connections with this certificate, as the raw ones of these tests are.</summary>
    public static string CertificateToken(GatewayWorld world, string name, PemFiles? certificate = null)
    {
        var claims = Claims(world, name);
        claims["cnf"] = new Dictionary<string, object> { ["x5t#S256"] = Thumbprint(certificate ?? world.Surroundings.ClientCertificate) };
        return world.Corporate.Token(claims);
    }

    public static string Thumbprint(PemFiles files) => Thumbprints.GetOrAdd(files.CertificateFile, file =>
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
        return Base64UrlEncoder.Encode(certificate.GetCertHash(HashAlgorithmName.SHA256));
    });
}
