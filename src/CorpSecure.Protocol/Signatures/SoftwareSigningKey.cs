using System.Security.Cryptography;

namespace CorpSecure.Protocol.Signatures;

/// <summary>A private key held in this process. Thread-safe.</summary>
public sealed class SoftwareSigningKey : SigningKey, IDisposable
{
    private readonly byte[] _pkcs8;
    private readonly byte[] _subjectPublicKeyInfo;
    private readonly KeyPool _pool;

    private SoftwareSigningKey(string keyId, SignatureAlgorithm algorithm, byte[] pkcs8) : base(keyId, algorithm)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        _pkcs8 = pkcs8;
        _pool = new(() => algorithm.OpenPrivateKey(_pkcs8));
        using var opened = _pool.Borrow();
        _subjectPublicKeyInfo = algorithm.PublicKeyOf(opened.Key);
    }

    internal static SoftwareSigningKey Create(string keyId, SignatureAlgorithm algorithm)
    {
        using var key = algorithm.GenerateKey();
        return new(keyId, algorithm, algorithm.PrivateKeyOf(key));
    }

    internal static SoftwareSigningKey Open(string keyId, ReadOnlySpan<char> pem, SignatureAlgorithm algorithm) =>
        new(keyId, algorithm, PemBlock.Decode(pem, "PRIVATE KEY"));

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
