using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Protocol.Dpop;

/// <summary>What a proof is to say (RFC 9449, section 4.2).</summary>
/// <param name="Method">The HTTP method, as it is sent.</param>
/// <param name="Target">The address of the request without query and fragment.</param>
/// <param name="IssuedAt">Now, by the clock of whoever reads it; written in whole seconds.</param>
/// <param name="Id">Never used before with this key.</param>
public sealed record DpopClaims(string Method, string Target, DateTimeOffset IssuedAt, string Id)
{
    /// <summary>The hash of the access token that goes with it, <see cref="DpopProof.TokenHash"/>; null where none does.</summary>
    public string? TokenHash { get; init; }

    /// <summary>The last nonce that the server gave; null when it gave none.</summary>
    public string? Nonce { get; init; }
}

/// <summary>Makes DPoP proofs (RFC 9449): whoever sends one shows that they hold the private key that a token is bound to.</summary>
public static class DpopProof
{
    /// <summary>The <c>typ</c> of proofs.</summary>
    public const string Type = "dpop+jwt";

    /// <summary>The longest <c>jti</c> that is read, in characters.</summary>
    public const int LongestId = 256;

    /// <summary>The longest proof that is read, in characters.</summary>
    public const int Longest = 8 * 1024;

    /// <summary>The JOSE names of the algorithms that proofs may be signed with.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = ["ES256", "PS256", "EdDSA"];

    // A key's header is always the same, and to write its public key costs more than to sign.
    private static readonly ConditionalWeakTable<SigningKey, string> Headers = [];

    /// <summary>Makes a proof as a compact JWT. The public key of <paramref name="key"/> stands in its header.</summary>
    /// <exception cref="ArgumentException">The key's algorithm is none for proofs.</exception>
    public static string Create(SigningKey key, DpopClaims claims)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(claims);
        var input = $"{Headers.GetValue(key, static key => Base64Url.EncodeToString(Header(key)))}.{Base64Url.EncodeToString(Payload(claims))}";
        Span<byte> signature = stackalloc byte[key.Algorithm.LargestSignature];
        var length = key.Sign(Encoding.ASCII.GetBytes(input), signature);
        return $"{input}.{Base64Url.EncodeToString(signature[..length])}";
    }

    /// <summary>The <c>ath</c> of an access token: SHA-256 of its characters, base64url (section 4.2).</summary>
    public static string TokenHash(string accessToken)
    {
        ArgumentNullException.ThrowIfNull(accessToken);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.ASCII.GetBytes(accessToken), hash);
        return Base64Url.EncodeToString(hash);
    }

    /// <summary>The thumbprint that a token bound to this key carries as <c>jkt</c> (section 6.1).</summary>
    public static string Thumbprint(SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return JsonWebKeyWriter.Thumbprint(key.SubjectPublicKeyInfo, key.Algorithm);
    }

    internal static string NameOf(SignatureAlgorithm algorithm) =>
        algorithm == SignatureAlgorithm.Ed25519 ? "EdDSA" : algorithm.JoseName;

    private static byte[] Header(SigningKey key)
    {
        var algorithm = NameOf(key.Algorithm);
        if (!Algorithms.Contains(algorithm))
            throw new ArgumentException($"A DPoP proof is signed with one of {string.Join(", ", Algorithms)}, not with {algorithm}.", nameof(key));
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("typ", Type);
            json.WriteString("alg", algorithm);
            json.WritePropertyName("jwk");
            json.WriteRawValue(JsonWebKeyWriter.Required(key.SubjectPublicKeyInfo, key.Algorithm));
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Payload(DpopClaims claims)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("jti", claims.Id);
            json.WriteString("htm", claims.Method);
            json.WriteString("htu", claims.Target);
            json.WriteNumber("iat", claims.IssuedAt.ToUnixTimeSeconds());
            if (claims.TokenHash is { } hash)
                json.WriteString("ath", hash);
            if (claims.Nonce is { } nonce)
                json.WriteString("nonce", nonce);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
