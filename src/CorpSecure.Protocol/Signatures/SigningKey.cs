namespace CorpSecure.Protocol.Signatures;

/// <summary>A private key that signs. Keys in software are <see cref="SoftwareSigningKey"/>; a hardware token derives its own.</summary>
public abstract class SigningKey(string keyId, SignatureAlgorithm algorithm)
{
    /// <summary>The name under which the public key is registered, sent as <c>keyid</c>.</summary>
    public string KeyId { get; } = keyId;

    /// <summary>The algorithm it signs with.</summary>
    public SignatureAlgorithm Algorithm { get; } = algorithm;

    /// <summary>The public half as DER SubjectPublicKeyInfo.</summary>
    public abstract ReadOnlySpan<byte> SubjectPublicKeyInfo { get; }

    /// <summary>A new key in software, on P-256 unless another algorithm is given.</summary>
    public static SoftwareSigningKey Generate(string keyId, SignatureAlgorithm? algorithm = null) =>
        SoftwareSigningKey.Create(keyId, algorithm ?? SignatureAlgorithm.EcdsaP256Sha256);

    /// <summary>A new key in software, named by the thumbprint of its public part (RFC 7638), as keys that are enrolled are.</summary>
    public static SoftwareSigningKey Generate(SignatureAlgorithm algorithm) => SoftwareSigningKey.Create(keyId: null, algorithm);

    /// <summary>A key from PEM <c>PRIVATE KEY</c> (PKCS#8, not encrypted).</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It is not a key of that algorithm.</exception>
    public static SoftwareSigningKey FromPem(string keyId, ReadOnlySpan<char> pem, SignatureAlgorithm? algorithm = null) =>
        SoftwareSigningKey.Open(keyId, pem, algorithm ?? SignatureAlgorithm.EcdsaP256Sha256);

    /// <summary>Signs the data and returns the number of bytes written. Must be safe to call from several threads at once.</summary>
    /// <param name="data">The data itself, not its hash.</param>
    /// <param name="destination">At least <see cref="SignatureAlgorithm.LargestSignature"/> bytes.</param>
    public abstract int Sign(ReadOnlySpan<byte> data, Span<byte> destination);

    /// <summary>The name and algorithm only, never the key.</summary>
    public sealed override string ToString() => $"SigningKey {KeyId} ({Algorithm.Name}, private part redacted)";
}
