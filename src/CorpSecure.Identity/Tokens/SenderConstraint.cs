using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CorpSecure.Identity.Tokens;

public enum ConstraintKind
{
    DpopKey = 1,
    ClientCertificate = 2,
}

/// <summary>
/// What the tokens of a request are bound to, and thereby useless to whoever only copies them. The one place that answers
/// "DPoP key, client certificate, or nothing" for a transaction.
/// </summary>
public sealed record SenderConstraint(ConstraintKind Kind, string Thumbprint)
{
    /// <summary>Carries the binding from code to refresh token; the prefix keeps it out of what clients can read.</summary>
    public const string Claim = "oi_bound";
    private const string ProvenKey = "corpsecure:dpop-key";

    /// <summary>RFC 9449 section 6.1, RFC 8705 section 3.1.</summary>
    public string Confirmation => Kind switch
    {
        ConstraintKind.DpopKey => JsonSerializer.Serialize(new Dictionary<string, string> { ["jkt"] = Thumbprint }),
        ConstraintKind.ClientCertificate => JsonSerializer.Serialize(new Dictionary<string, string> { ["x5t#S256"] = Thumbprint }),
    };

    public string TokenType => Kind switch
    {
        ConstraintKind.DpopKey => "DPoP",
        ConstraintKind.ClientCertificate => TokenTypes.Bearer,
    };

    public static SenderConstraint DpopKey(string thumbprint) => new(ConstraintKind.DpopKey, thumbprint);

    /// <summary>After the proof was judged good, and spent.</summary>
    public static void Prove(OpenIddictServerTransaction transaction, string thumbprint) => transaction.Properties[ProvenKey] = thumbprint;

    /// <returns>Null when the request shows neither: it gets no token.</returns>
    public static SenderConstraint? Of(OpenIddictServerTransaction transaction)
    {
        if (transaction.Properties.TryGetValue(ProvenKey, out var key))
            return DpopKey((string)key!);
        return CertificateOf(transaction.GetHttpRequest()?.HttpContext) is { } thumbprint ? new SenderConstraint(ConstraintKind.ClientCertificate, thumbprint) : null;
    }

    /// <summary>The thumbprint of the caller's certificate. Only a listener that asks for certificates, and has verified them, has one.</summary>
    public static string? CertificateOf(HttpContext? http) =>
        http?.Connection.ClientCertificate is { } certificate ? Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA256)) : null;

    /// <summary>As it stands in codes and refresh tokens.</summary>
    public override string ToString() => $"{(Kind == ConstraintKind.DpopKey ? "jkt" : "x5t#S256")}:{Thumbprint}";
}
