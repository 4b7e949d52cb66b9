using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace CorpSecure.Protocol.Signatures;

/// <summary>Writes public keys as JSON Web Keys, and takes their thumbprints.</summary>
internal static class JsonWebKeyWriter
{
    /// <summary>RFC 7638: SHA-256 over the required members alone, in the order of their names; base64url, 43 characters.</summary>
    public static string Thumbprint(ReadOnlySpan<byte> subjectPublicKeyInfo, SignatureAlgorithm algorithm) =>
        Base64Url.EncodeToString(SHA256.HashData(Required(subjectPublicKeyInfo, algorithm)));

    /// <summary>The public key's required members alone.</summary>
    public static byte[] Required(ReadOnlySpan<byte> subjectPublicKeyInfo, SignatureAlgorithm algorithm) =>
        Write(MembersOf(subjectPublicKeyInfo, algorithm));

    /// <summary>The public key with its <c>alg</c>.</summary>
    public static byte[] PublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo, SignatureAlgorithm algorithm) =>
        Write([.. MembersOf(subjectPublicKeyInfo, algorithm), ("use", "sig"), ("alg", algorithm.JoseName)]);

    private static byte[] Write(IEnumerable<(string Name, string Value)> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in members)
                json.WriteString(name, value);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static (string Name, string Value)[] MembersOf(ReadOnlySpan<byte> subjectPublicKeyInfo, SignatureAlgorithm algorithm)
    {
        using var opened = algorithm.OpenPublicKey(subjectPublicKeyInfo);
        switch (opened)
        {
            case ECDsa elliptic:
                var point = elliptic.ExportParameters(includePrivateParameters: false).Q;
                var curve = algorithm == SignatureAlgorithm.EcdsaP384Sha384 ? "P-384" : "P-256";
                return [("crv", curve), ("kty", "EC"), ("x", Text(point.X)), ("y", Text(point.Y))];
            case RSA rsa:
                var parameters = rsa.ExportParameters(includePrivateParameters: false);
                return [("e", Text(parameters.Exponent.AsSpan().TrimStart((byte)0))), ("kty", "RSA"), ("n", Text(parameters.Modulus.AsSpan().TrimStart((byte)0)))];
            default:
                return [("crv", "Ed25519"), ("kty", "OKP"), ("x", Text(subjectPublicKeyInfo[^Ed25519Algorithm.KeySize..]))];
        }
    }

    private static string Text(ReadOnlySpan<byte> octets) => Base64Url.EncodeToString(octets);
}
