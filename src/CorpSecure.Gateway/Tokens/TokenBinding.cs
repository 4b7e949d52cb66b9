using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Gateway.Tokens;

/// <summary>Whom a token is bound to by its <c>cnf</c> claim (RFC 7800).</summary>
/// <param name="CertificateThumbprint">RFC 8705 <c>x5t#S256</c>; null when not bound to a certificate.</param>
/// <param name="Unknown">Bound in a way that cannot be checked here; then nobody is the rightful sender.</param>
public sealed record TokenBinding(byte[]? CertificateThumbprint, bool Unknown)
{
    public static readonly TokenBinding None = new(null, false);

    public static TokenBinding Read(JsonElement? confirmation)
    {
        if (confirmation is not { } cnf)
            return None;
        if (cnf.ValueKind != JsonValueKind.Object || cnf.EnumerateObject().Count() != 1
            || !cnf.TryGetProperty("x5t#S256", out var thumbprint) || thumbprint.ValueKind != JsonValueKind.String)
            return new TokenBinding(null, true);
        try
        {
            return new TokenBinding(Base64UrlEncoder.DecodeBytes(thumbprint.GetString()), false);
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException) // no base64url, or not even text
        {
            return new TokenBinding(null, true);
        }
    }

    public bool HoldsFor(X509Certificate2? certificate)
    {
        if (Unknown)
            return false;
        return CertificateThumbprint is null
            || (certificate is not null && CryptographicOperations.FixedTimeEquals(certificate.GetCertHash(HashAlgorithmName.SHA256), CertificateThumbprint));
    }
}
