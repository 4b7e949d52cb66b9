using System.Security.Cryptography;
using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace CorpSecure.Protocol.Signatures;

/// <summary>
/// Ed25519 (RFC 8032, RFC 9421 section 3.3.6). .NET has none, so the curve is Bouncy Castle's; the encodings are read here, and only
/// in the one form that RFC 8410 gives them.
/// </summary>
internal sealed class Ed25519Algorithm() : SignatureAlgorithm("ed25519", "Ed25519", SignatureSize)
{
    public const int KeySize = 32;
    private const int SignatureSize = 64;

    // RFC 8410, sections 4 and 10: SEQUENCE { SEQUENCE { 1.3.101.112 }, BIT STRING of 32 bytes }, and the key in PKCS#8.
    private static ReadOnlySpan<byte> PublicPrefix => [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

    private static ReadOnlySpan<byte> PrivatePrefix =>
        [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

    public static byte[] SubjectPublicKeyInfoOf(ReadOnlySpan<byte> publicKey) => [.. PublicPrefix, .. publicKey];

    internal override IDisposable OpenPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        if (subjectPublicKeyInfo.Length != PublicPrefix.Length + KeySize || !subjectPublicKeyInfo.StartsWith(PublicPrefix))
            throw new CryptographicException($"The key is not one of {Name}.");
        // Points outside the subgroup of prime order, those of small order above all, have signatures that fit many messages.
        return Curve.ValidatePublicKeyFullExport(subjectPublicKeyInfo[PublicPrefix.Length..]) is { } point
            ? new PublicKey(point)
            : throw new CryptographicException($"The key is no point of the group that {Name} uses.");
    }

    internal override IDisposable OpenPrivateKey(ReadOnlySpan<byte> pkcs8)
    {
        if (pkcs8.Length != PrivatePrefix.Length + KeySize || !pkcs8.StartsWith(PrivatePrefix))
            throw new CryptographicException($"The key is not one of {Name}.");
        return new PrivateKey(pkcs8[PrivatePrefix.Length..].ToArray());
    }

    internal override byte[] PublicKeyOf(IDisposable privateKey)
    {
        Span<byte> encoded = stackalloc byte[KeySize];
        Curve.GeneratePublicKey(((PrivateKey)privateKey).Seed, encoded);
        return SubjectPublicKeyInfoOf(encoded);
    }

    internal override byte[] PrivateKeyOf(IDisposable privateKey) => [.. PrivatePrefix, .. ((PrivateKey)privateKey).Seed];

    internal override IDisposable GenerateKey() => new PrivateKey(RandomNumberGenerator.GetBytes(KeySize));

    // RFC 8032, section 5.1.7: an S that is not below the order is refused, and so is an R that is no canonical point.
    internal override bool Verify(IDisposable key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureSize && Curve.Verify(signature, ((PublicKey)key).Point, data);

    internal override int Sign(IDisposable key, ReadOnlySpan<byte> data, Span<byte> destination)
    {
        Curve.Sign(((PrivateKey)key).Seed, data, destination[..SignatureSize]);
        return SignatureSize;
    }

    private sealed class PublicKey(Curve.PublicPoint point) : IDisposable
    {
        public Curve.PublicPoint Point => point;

        public void Dispose()
        {
            // A public point holds nothing to let go of.
        }
    }

    private sealed class PrivateKey(byte[] seed) : IDisposable
    {
        public byte[] Seed => seed;

        public void Dispose() => CryptographicOperations.ZeroMemory(seed);
    }
}
