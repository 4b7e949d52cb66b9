using System.Security.Cryptography;
using System.Text.Json;
using CorpSecure.Protocol.Encodings;

namespace CorpSecure.Protocol.Signatures;

/// <summary>Reads public JSON Web Keys (RFC 7517 and RFC 7518, section 6).</summary>
internal static class JsonWebKeyReader
{
    /// <param name="jwk">The key.</param>
    /// <param name="usedWith">The algorithm that whatever carries the key names, for keys that name none; null when only the key counts.</param>
    public static (byte[] SubjectPublicKeyInfo, SignatureAlgorithm Algorithm) Read(JsonElement jwk, string? usedWith = null)
    {
        if (jwk.ValueKind != JsonValueKind.Object)
            throw new CryptographicException("Not a JSON Web Key.");
        if (IsPrivate(jwk))
            throw new CryptographicException("The JSON Web Key is not a public key.");
        if (Optional(jwk, "use") is not (null or "sig"))
            throw new CryptographicException("The JSON Web Key is not for signatures.");
        return (Text(jwk, "kty"), Optional(jwk, "crv"), Optional(jwk, "alg") ?? usedWith) switch
        {
            ("EC", "P-256", null or "ES256") => (ReadEllipticCurve(jwk, ECCurve.NamedCurves.nistP256, 32), SignatureAlgorithm.EcdsaP256Sha256),
            ("EC", "P-384", null or "ES384") => (ReadEllipticCurve(jwk, ECCurve.NamedCurves.nistP384, 48), SignatureAlgorithm.EcdsaP384Sha384),
            // RFC 8037, section 2, and RFC 9864, which gives the algorithm a name of its own.
            ("OKP", "Ed25519", null or "EdDSA" or "Ed25519") => (ReadEdwards(jwk), SignatureAlgorithm.Ed25519),
            // An RSA key fits several algorithms, so it must say which.
            ("RSA", null, "PS256") => (ReadRsa(jwk), SignatureAlgorithm.RsaPssSha256),
            ("RSA", null, "PS512") => (ReadRsa(jwk), SignatureAlgorithm.RsaPssSha512),
            _ => throw new CryptographicException("The JSON Web Key is of no supported type and algorithm."),
        };
    }

    /// <summary>Whether it has a member that only private and symmetric keys have.</summary>
    public static bool IsPrivate(JsonElement jwk)
    {
        foreach (var member in (ReadOnlySpan<string>)["d", "p", "q", "dp", "dq", "qi", "oth", "k"])
            if (jwk.TryGetProperty(member, out _))
                return true;
        return false;
    }

    private static byte[] ReadEllipticCurve(JsonElement jwk, ECCurve curve, int size)
    {
        var point = new ECPoint { X = Octets(jwk, "x"), Y = Octets(jwk, "y") };
        // RFC 7518, section 6.2.1.2: the coordinates have the full length of the field.
        if (point.X.Length != size || point.Y.Length != size)
            throw new CryptographicException("A coordinate of the JSON Web Key has the wrong length.");
        using var key = ECDsa.Create(new ECParameters { Curve = curve, Q = point });
        return key.ExportSubjectPublicKeyInfo();
    }

    private static byte[] ReadEdwards(JsonElement jwk)
    {
        var point = Octets(jwk, "x");
        return point.Length == Ed25519Algorithm.KeySize
            ? Ed25519Algorithm.SubjectPublicKeyInfoOf(point)
            : throw new CryptographicException("The coordinate of the JSON Web Key has the wrong length.");
    }

    private static byte[] ReadRsa(JsonElement jwk)
    {
        using var key = RSA.Create(new RSAParameters { Modulus = Octets(jwk, "n"), Exponent = Octets(jwk, "e") });
        return key.ExportSubjectPublicKeyInfo();
    }

    private static byte[] Octets(JsonElement jwk, string name) =>
        CanonicalBase64Url.Decode(Text(jwk, name)) ?? throw new CryptographicException($"The member {name} of the JSON Web Key is not base64url.");

    private static string Text(JsonElement jwk, string name) =>
        Optional(jwk, name) ?? throw new CryptographicException($"The JSON Web Key has no member {name}.");

    private static string? Optional(JsonElement jwk, string name)
    {
        if (!jwk.TryGetProperty(name, out var value))
            return null;
        try
        {
            if (value.ValueKind == JsonValueKind.String)
                return value.GetString();
        }
        catch (InvalidOperationException malformed) // half of a surrogate pair
        {
            throw new CryptographicException($"The member {name} of the JSON Web Key is not text.", malformed);
        }

        throw new CryptographicException($"The member {name} of the JSON Web Key is not text.");
    }
}
