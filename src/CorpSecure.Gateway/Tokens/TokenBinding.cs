using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using CorpSecure.Protocol.Encodings;

namespace CorpSecure.Gateway.Tokens;

public enum BindingKind
{
    /// <summary>Bound in a way that cannot be checked here; then nobody is the rightful sender.</summary>
    Unknown = 0,

    /// <summary>Bound to nobody; such a token is refused.</summary>
    None,

    /// <summary>RFC 8705: <c>x5t#S256</c>.</summary>
    Certificate,

    /// <summary>RFC 9449: <c>jkt</c>.</summary>
    Key,
}

/// <summary>Whom a token is bound to by its <c>cnf</c> claim (RFC 7800). Two ways at once are none.</summary>
/// <param name="Thumbprint">SHA-256 of certificate or key, base64url.</param>
public sealed record TokenBinding(BindingKind Kind, string Thumbprint)
{
    public static readonly TokenBinding None = new(BindingKind.None, "");

    private static readonly TokenBinding Unknown = new(BindingKind.Unknown, "");

    public static TokenBinding Read(JsonElement? confirmation)
    {
        if (confirmation is not { } cnf)
            return None;
        if (cnf.ValueKind != JsonValueKind.Object || cnf.EnumerateObject().Count() != 1)
            return Unknown;
        if (cnf.TryGetProperty("jkt", out var key))
            return Of(BindingKind.Key, key);
        return cnf.TryGetProperty("x5t#S256", out var certificate) ? Of(BindingKind.Certificate, certificate) : Unknown;
    }

    /// <summary>Whether the connection's certificate is the one that the token is bound to.</summary>
    public bool HoldsFor(X509Certificate2? certificate)
    {
        if (Kind != BindingKind.Certificate || certificate is null)
            return false;
        Span<byte> bound = stackalloc byte[SHA256.HashSizeInBytes];
        Base64Url.DecodeFromChars(Thumbprint, bound);
        Span<byte> actual = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(certificate.RawDataMemory.Span, actual);
        return CryptographicOperations.FixedTimeEquals(bound, actual);
    }

    private static TokenBinding Of(BindingKind kind, JsonElement value)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        return value.ValueKind == JsonValueKind.String && Text(value) is { Length: 43 } text
            && CanonicalBase64Url.TryDecode(text, hash, out var length) && length == hash.Length
            ? new TokenBinding(kind, text)
            : Unknown;
    }

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException) // half of a surrogate pair
        {
            return null;
        }
    }
}
