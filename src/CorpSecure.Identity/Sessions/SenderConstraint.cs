using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Identity.Sessions;

/// <summary>Whether whoever presents an access token here holds what the token is bound to. An unbound token is nobody's.</summary>
public static class SenderConstraint
{
    public const string Bearer = "Bearer";
    public const string Dpop = "DPoP";
    private const string CertificateMember = "x5t#S256";

    /// <param name="scheme">The scheme the token came under.</param>
    /// <param name="confirmation">The token's <c>cnf</c> (RFC 7800).</param>
    public static bool Holds(HttpContext http, string scheme, string? confirmation)
    {
        if (confirmation is null)
            return false;
        var members = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(confirmation)!;
        return members.Count == 1 && members.TryGetValue(CertificateMember, out var thumbprint) && scheme == Bearer
            && Matches(http.Connection.ClientCertificate, thumbprint.GetString());
    }

    // RFC 8705 section 3.1
    private static bool Matches(X509Certificate2? certificate, string? thumbprint) =>
        certificate is not null && thumbprint is not null && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Base64UrlEncoder.Encode(SHA256.HashData(certificate.RawData))), Encoding.UTF8.GetBytes(thumbprint));
}
