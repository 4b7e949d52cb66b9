using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CorpSecure.Protocol.Encodings;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Protocol.Dpop;

/// <summary>
/// Reads DPoP proofs: everything of RFC 9449, section 4.3, that the proof alone can tell. What depends on the request is checked by
/// <see cref="DpopRules"/>, the nonce by <see cref="DpopNonces"/>; that a <c>jti</c> comes once is the caller's to keep. Thread-safe.
/// </summary>
/// <param name="keysKept">How many opened keys are kept for the next proof by the same key.</param>
public sealed class DpopReader(int keysKept = 10_000)
{
    private static readonly JsonDocumentOptions OneReading = new() { AllowDuplicateProperties = false, MaxDepth = 8 };
    private readonly DpopKeys _keys = new(keysKept);

    /// <summary>Reads the value of a <c>DPoP</c> field. Never throws for what it says.</summary>
    public DpopReading Read(string proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        var text = proof.AsSpan();
        var first = text.IndexOf('.');
        var second = text.LastIndexOf('.');
        if (text.Length > DpopProof.Longest || first <= 0 || second == first || text[(first + 1)..second].Contains('.'))
            return DpopReading.Of(DpopFault.Malformed);

        var header = text[..first];
        var known = _keys.TryFind(header, out var key);
        if (!known && ReadHeader(header, out key) is var fault and not DpopFault.None)
            return DpopReading.Of(fault);
        var reading = ReadClaims(text[(first + 1)..second]);
        if (reading.Fault != DpopFault.None)
            return reading;
        if (!IsSigned(text[..second], text[(second + 1)..], key!))
            return DpopReading.Of(DpopFault.Signature);

        if (!known)
            _keys.Add(header, key!); // only now: whoever has no key fills nothing
        return reading with { Thumbprint = key!.KeyId };
    }

    private static DpopFault ReadHeader(ReadOnlySpan<char> text, out VerificationKey? key)
    {
        key = null;
        using var document = Parse(text);
        if (document is null || document.RootElement.TryGetProperty("crit", out _)) // RFC 7515, section 4.1.11: no extension is understood
            return DpopFault.Malformed;
        var header = document.RootElement;
        if (Text(header, "typ") != DpopProof.Type)
            return DpopFault.Type;
        if (Text(header, "alg") is not { } algorithm || !DpopProof.Algorithms.Contains(algorithm))
            return DpopFault.Algorithm;
        if (!header.TryGetProperty("jwk", out var jwk) || jwk.ValueKind != JsonValueKind.Object)
            return DpopFault.Key;
        if (JsonWebKeyReader.IsPrivate(jwk))
            return DpopFault.PrivateKey;
        try
        {
            key = VerificationKey.FromJwk(jwk, algorithm);
            return DpopFault.None;
        }
        catch (CryptographicException)
        {
            return DpopFault.Key;
        }
    }

    private static DpopReading ReadClaims(ReadOnlySpan<char> text)
    {
        using var document = Parse(text);
        if (document is null)
            return DpopReading.Of(DpopFault.Malformed);
        var claims = document.RootElement;
        if (Text(claims, "jti") is not { Length: > 0 and <= DpopProof.LongestId } id
            || Text(claims, "htm") is not { Length: > 0 } method
            || Text(claims, "htu") is not { Length: > 0 } target
            || Time(claims) is not { } issuedAt
            || !IsTextOrAbsent(claims, "ath") || !IsTextOrAbsent(claims, "nonce"))
            return DpopReading.Of(DpopFault.Claims);
        return new DpopReading
        {
            Method = method,
            Target = target,
            IssuedAt = issuedAt,
            Id = id,
            TokenHash = Text(claims, "ath"),
            Nonce = Text(claims, "nonce"),
        };
    }

    private static bool IsSigned(ReadOnlySpan<char> input, ReadOnlySpan<char> text, VerificationKey key)
    {
        if (CanonicalBase64Url.LargestLength(text.Length) > key.Algorithm.LargestSignature)
            return false;
        Span<byte> signature = stackalloc byte[key.Algorithm.LargestSignature];
        if (!CanonicalBase64Url.TryDecode(text, signature, out var length))
            return false;
        var data = ArrayPool<byte>.Shared.Rent(input.Length);
        try
        {
            var written = Encoding.ASCII.GetBytes(input, data);
            return key.Verify(data.AsSpan(0, written), signature[..length]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(data);
        }
    }

    private static JsonDocument? Parse(ReadOnlySpan<char> text)
    {
        var json = new byte[CanonicalBase64Url.LargestLength(text.Length)];
        if (!CanonicalBase64Url.TryDecode(text, json, out var length))
            return null;
        try
        {
            var document = JsonDocument.Parse(json.AsMemory(0, length), OneReading);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            return null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException) // the latter for a name with half of a surrogate pair
        {
            return null;
        }
    }

    private static DateTimeOffset? Time(JsonElement claims) =>
        claims.TryGetProperty("iat", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds)
        && seconds is > 0 and < 253_402_300_800
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;

    private static bool IsTextOrAbsent(JsonElement claims, string name) =>
        !claims.TryGetProperty(name, out _) || Text(claims, name) is not null;

    private static string? Text(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException) // half of a surrogate pair: text to the parser, but no text
        {
            return null;
        }
    }
}
