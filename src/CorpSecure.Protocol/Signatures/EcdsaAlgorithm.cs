using System.Security.Cryptography;

namespace CorpSecure.Protocol.Signatures;

/// <summary>ECDSA with raw r and s (RFC 9421, sections 3.3.4 and 3.3.5).</summary>
internal sealed class EcdsaAlgorithm : SignatureAlgorithm
{
    private readonly ECCurve _curve;
    private readonly string _objectIdentifier;
    private readonly HashAlgorithmName _hash;

    private EcdsaAlgorithm(string name, string joseName, ECCurve curve, string objectIdentifier, HashAlgorithmName hash, int size)
        : base(name, joseName, size)
    {
        _curve = curve;
        _objectIdentifier = objectIdentifier;
        _hash = hash;
    }

    public static EcdsaAlgorithm P256() => new("ecdsa-p256-sha256", "ES256", ECCurve.NamedCurves.nistP256, "1.2.840.10045.3.1.7", HashAlgorithmName.SHA256, 64);

    public static EcdsaAlgorithm P384() => new("ecdsa-p384-sha384", "ES384", ECCurve.NamedCurves.nistP384, "1.3.132.0.34", HashAlgorithmName.SHA384, 96);

    internal override IDisposable OpenPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo) =>
        Open(subjectPublicKeyInfo, static (key, bytes) => { key.ImportSubjectPublicKeyInfo(bytes, out var read); return read; });

    internal override IDisposable OpenPrivateKey(ReadOnlySpan<byte> pkcs8) =>
        Open(pkcs8, static (key, bytes) => { key.ImportPkcs8PrivateKey(bytes, out var read); return read; });

    internal override byte[] PublicKeyOf(IDisposable privateKey) => ((ECDsa)privateKey).ExportSubjectPublicKeyInfo();

    internal override byte[] PrivateKeyOf(IDisposable privateKey) => ((ECDsa)privateKey).ExportPkcs8PrivateKey();

    internal override IDisposable GenerateKey() => ECDsa.Create(_curve);

    internal override bool Verify(IDisposable key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == LargestSignature
        && ((ECDsa)key).VerifyData(data, signature, _hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    internal override int Sign(IDisposable key, ReadOnlySpan<byte> data, Span<byte> destination) =>
        ((ECDsa)key).SignData(data, destination, _hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private ECDsa Open(ReadOnlySpan<byte> bytes, Func<ECDsa, ReadOnlySpan<byte>, int> import)
    {
        var key = ECDsa.Create();
        try
        {
            var read = import(key, bytes);
            var curve = key.ExportParameters(includePrivateParameters: false).Curve;
            // Other curves have keys of the same size: the curve's identifier decides, not its length.
            if (read != bytes.Length || !curve.IsNamed || curve.Oid.Value != _objectIdentifier)
                throw new CryptographicException($"The key is not one of {Name}.");
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
