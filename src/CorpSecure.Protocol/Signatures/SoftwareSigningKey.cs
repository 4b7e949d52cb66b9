using System.Security.Cryptography;

namespace CorpSecure.Protocol.Signatures;

/// <summary>A private key held in this process. Thread-safe.</summary>
public sealed class SoftwareSigningKey : SigningKey, IDisposable
{
    private readonly byte[] _pkcs8;
    private readonly byte[] _subjectPublicKeyInfo;
    private readonly KeyPool _pool;

    private SoftwareSigningKey(string keyId, SignatureAlgorithm algorithm, byte[] pkcs8, byte[] subjectPublicKeyInfo) : base(keyId, algorithm)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        _pkcs8 = pkcs8;
        _subjectPublicKeyInfo = subjectPublicKeyInfo;
        _pool = new(() => algorithm.OpenPrivateKey(_pkcs8));
    }

    internal static SoftwareSigningKey Create(string? keyId, SignatureAlgorithm algorithm)
    {
        using var key = algorithm.GenerateKey();
        var publicKey = algorithm.PublicKeyOf(key);
        return new(keyId ?? JsonWebKeyWriter.Thumbprint(publicKey, algorithm), algorithm, algorithm.PrivateKeyOf(key), publicKey);
    }

    internal static SoftwareSigningKey Open(string keyId, ReadOnlySpan<char> pem, SignatureAlgorithm algorithm)
    {
        var pkcs8 = PemBlock.Decode(pem, "PRIVATE KEY");
        // A key that does not parse is refused here and not at its first use.
        using var key = algorithm.OpenPrivateKey(pkcs8);
        return new(keyId, algorithm, pkcs8, algorithm.PublicKeyOf(key));
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> SubjectPublicKeyInfo => _subjectPublicKeyInfo;

    /// <inheritdoc/>
    public override int Sign(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        using var lease = _pool.Borrow();
        return Algorithm.Sign(lease.Key, data, destination);
    }

    /// <summary>The public half, under the same name.</summary>
    public VerificationKey ToVerificationKey() => VerificationKey.FromSubjectPublicKeyInfo(KeyId, _subjectPublicKeyInfo, Algorithm);

    /// <summary>The public half as PEM <c>PUBLIC KEY</c>.</summary>
    public string ExportPublicPem() => PemEncoding.WriteString("PUBLIC KEY", _subjectPublicKeyInfo);

    /// <summary>The private key as PEM <c>PRIVATE KEY</c> (PKCS#8). For key files only; the caller guards the text.</summary>
    public string ExportPrivatePem() => PemEncoding.WriteString("PRIVATE KEY", _pkcs8);

    /// <inheritdoc/>
    public void Dispose()
    {
        _pool.Dispose();
        CryptographicOperations.ZeroMemory(_pkcs8);
    }
}
