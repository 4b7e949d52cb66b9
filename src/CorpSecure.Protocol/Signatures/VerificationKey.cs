using System.Security.Cryptography;
using System.Text.Json;

namespace CorpSecure.Protocol.Signatures;

/// <summary>A public key, the name it is registered under, and the one algorithm it is used with. Thread-safe; parsed once. Dispose it only when nothing uses it any more.</summary>
public sealed class VerificationKey : IDisposable
{
    private readonly byte[] _subjectPublicKeyInfo;
    private readonly KeyPool _pool;
    private string? _thumbprint;

    private VerificationKey(string keyId, SignatureAlgorithm algorithm, byte[] subjectPublicKeyInfo)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        ArgumentNullException.ThrowIfNull(algorithm);
        KeyId = keyId;
        Algorithm = algorithm;
        _subjectPublicKeyInfo = subjectPublicKeyInfo;
        _pool = new(() => algorithm.OpenPublicKey(_subjectPublicKeyInfo));
        // A key that does not parse is refused here, at registration, and not at its first use.
        using var opened = _pool.Borrow();
    }

    /// <summary>The name that signatures refer to in <c>keyid</c>.</summary>
    public string KeyId { get; }

    /// <summary>The algorithm; a signature that names another is refused.</summary>
    public SignatureAlgorithm Algorithm { get; }

    /// <summary>
    /// The thumbprint of the public key (RFC 7638, SHA-256): 43 characters of base64url. It does not depend on the algorithm, so that
    /// one key pair registered for two algorithms shows.
    /// </summary>
    public string Thumbprint => _thumbprint ??= JsonWebKeyWriter.Thumbprint(_subjectPublicKeyInfo, Algorithm);

    /// <summary>From a PEM <c>PUBLIC KEY</c>. The algorithm is ECDSA on P-256 unless given.</summary>
    /// <exception cref="CryptographicException">It is not a key of that algorithm.</exception>
    public static VerificationKey FromPem(string keyId, ReadOnlySpan<char> pem, SignatureAlgorithm? algorithm = null) =>
        FromSubjectPublicKeyInfo(keyId, PemBlock.Decode(pem, "PUBLIC KEY"), algorithm);

    /// <summary>From a DER SubjectPublicKeyInfo.</summary>
    /// <exception cref="CryptographicException">It is not a key of that algorithm.</exception>
    public static VerificationKey FromSubjectPublicKeyInfo(string keyId, ReadOnlySpan<byte> der, SignatureAlgorithm? algorithm = null) =>
        new(keyId, algorithm ?? SignatureAlgorithm.EcdsaP256Sha256, der.ToArray());

    /// <summary>From the public part of elliptic-curve parameters.</summary>
    /// <exception cref="CryptographicException">They are not a key of that algorithm.</exception>
    public static VerificationKey FromParameters(string keyId, ECParameters parameters, SignatureAlgorithm? algorithm = null)
    {
        parameters.D = null;
        using var key = ECDsa.Create(parameters);
        return FromSubjectPublicKeyInfo(keyId, key.ExportSubjectPublicKeyInfo(), algorithm);
    }

    /// <summary>
    /// From a JSON Web Key (RFC 7517) of the types EC, OKP or RSA; an RSA key must name its <c>alg</c>. A key with private members is
    /// refused.
    /// </summary>
    /// <exception cref="CryptographicException">It is not a public key of a supported algorithm.</exception>
    public static VerificationKey FromJwk(string keyId, JsonElement jwk)
    {
        var (subjectPublicKeyInfo, algorithm) = JsonWebKeyReader.Read(jwk);
        return new(keyId, algorithm, subjectPublicKeyInfo);
    }

    /// <summary>From a JSON Web Key, under the name that its <see cref="Thumbprint"/> gives it.</summary>
    /// <exception cref="CryptographicException">It is not a public key of a supported algorithm.</exception>
    public static VerificationKey FromJwk(JsonElement jwk)
    {
        var (subjectPublicKeyInfo, algorithm) = JsonWebKeyReader.Read(jwk);
        return new(JsonWebKeyWriter.Thumbprint(subjectPublicKeyInfo, algorithm), algorithm, subjectPublicKeyInfo);
    }

    /// <summary>
    /// From a JSON Web Key that is used with the JOSE algorithm <paramref name="usedWith"/>, under the name that its
    /// <see cref="Thumbprint"/> gives it.
    /// </summary>
    /// <exception cref="CryptographicException">It is not a public key for that algorithm.</exception>
    internal static VerificationKey FromJwk(JsonElement jwk, string usedWith)
    {
        var (subjectPublicKeyInfo, algorithm) = JsonWebKeyReader.Read(jwk, usedWith);
        return Dpop.DpopProof.NameOf(algorithm) == usedWith
            ? new(JsonWebKeyWriter.Thumbprint(subjectPublicKeyInfo, algorithm), algorithm, subjectPublicKeyInfo)
            : throw new CryptographicException("The JSON Web Key is for another algorithm.");
    }

    /// <summary>Whether the signature is of the data by this key. Any malformed signature is simply not one.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var lease = _pool.Borrow();
        return Algorithm.Verify(lease.Key, data, signature);
    }

    /// <summary>The key as PEM <c>PUBLIC KEY</c>.</summary>
    public string ExportPem() => PemEncoding.WriteString("PUBLIC KEY", _subjectPublicKeyInfo);

    /// <summary>The key as UTF-8 text of a JSON Web Key, with <c>alg</c> and without <c>kid</c>.</summary>
    public byte[] ExportJwk() => JsonWebKeyWriter.PublicKey(_subjectPublicKeyInfo, Algorithm);

    /// <summary>The key as DER SubjectPublicKeyInfo.</summary>
    public byte[] ExportSubjectPublicKeyInfo() => [.. _subjectPublicKeyInfo];

    /// <inheritdoc/>
    public void Dispose() => _pool.Dispose();

    /// <summary>The name and algorithm only.</summary>
    public override string ToString() => $"VerificationKey {KeyId} ({Algorithm.Name})";
}
