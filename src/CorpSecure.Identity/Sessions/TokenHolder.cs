using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using CorpSecure.Identity.Dpop;
using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Storage;
using CorpSecure.Identity.Tokens;
using CorpSecure.Protocol.Dpop;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Identity.Sessions;

/// <summary>Whether whoever presents an access token here holds what it is bound to. An unbound token is nobody's.</summary>
public sealed class TokenHolder(DpopReader reader, IdentityStore store, IdentitySettings settings, TimeProvider clock)
{
    public const string Bearer = "Bearer";
    public const string Dpop = "DPoP";
    private const string CertificateMember = "x5t#S256";
    private const string KeyMember = "jkt";
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    /// <param name="scheme">The scheme the token came under.</param>
    /// <param name="confirmation">The token's <c>cnf</c> (RFC 7800).</param>
    public async Task<bool> IsCallerAsync(HttpContext http, string scheme, string token, string? confirmation)
    {
        var members = confirmation is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(confirmation)!;
        return (scheme, members.Keys.ToArray()) switch
        {
            (Bearer, [CertificateMember]) => Matches(http.Connection.ClientCertificate, members[CertificateMember]),
            (Dpop, [KeyMember]) => await ProvesAsync(http.Request, token, members[KeyMember], http.RequestAborted),
            _ => false,
        };
    }

    // RFC 8705 section 3.1
    private static bool Matches(X509Certificate2? certificate, string thumbprint) =>
        certificate is not null && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Base64UrlEncoder.Encode(SHA256.HashData(certificate.RawData))), Encoding.UTF8.GetBytes(thumbprint));

    // RFC 9449 section 4.3: one field, and all its checks, against the address that clients know; then it is spent.
    private async Task<bool> ProvesAsync(HttpRequest request, string token, string thumbprint, CancellationToken cancellation)
    {
        if (request.Headers[Dpop] is not [{ } field])
            return false;
        var reading = reader.Read(field);
        var expected = new DpopExpectation(request.Method, settings.Issuer.AbsoluteUri.TrimEnd('/') + request.Path, clock.GetUtcNow())
        {
            AccessToken = token,
            Thumbprint = thumbprint,
        };
        return DpopRules.Check(reading, expected) == DpopFault.None
            && await SpentProof.SpendAsync(store, thumbprint, reading.Id, reading.IssuedAt + Kept, cancellation);
    }
}
