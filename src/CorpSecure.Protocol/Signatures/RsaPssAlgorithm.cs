using System.Security.Cryptography;

namespace CorpSecure.Protocol.Signatures;

/// <summary>
/// RSASSA-PSS; the platform's salt is as long as the hash and it accepts no other, which is what RFC 9421, section 3.3.1, and
/// RFC 7518, section 3.5, ask.
/// </summary>
internal sealed class RsaPssAlgorithm : SignatureAlgorithm
{
    private const int SmallestKeyBits = 2048;

    // The larger the key, the longer a stranger's one signature keeps a processor busy.
    private const int LargestKeyBits = 8192;
    private const int LargestExponentBytes = 4;
    private const int SmallestExponent = 65537;

    private readonly HashAlgorithmName _hash;

    private RsaPssAlgorithm(string? registeredName, string joseName, HashAlgorithmName hash)
        : base(registeredName, joseName, LargestKeyBits / 8) => _hash = hash;

    public static RsaPssAlgorithm Sha512() => new("rsa-pss-sha512", "PS512", HashAlgorithmName.SHA512);

    public static RsaPssAlgorithm Sha256() => new(registeredName: null, "PS256", HashAlgorithmName.SHA256);

    internal override IDisposable OpenPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo) =>
        Open(subjectPublicKeyInfo, static (key, bytes) => { key.ImportSubjectPublicKeyInfo(bytes, out var read); return read; });

    internal override IDisposable OpenPrivateKey(ReadOnlySpan<byte> pkcs8) =>
        Open(pkcs8, static (key, bytes) => { key.ImportPkcs8PrivateKey(bytes, out var read); return read; });

    internal override byte[] PublicKeyOf(IDisposable privateKey) => ((RSA)privateKey).ExportSubjectPublicKeyInfo();

    internal override byte[] PrivateKeyOf(IDisposable privateKey) => ((RSA)privateKey).ExportPkcs8PrivateKey();

    internal override IDisposable GenerateKey() => RSA.Create(3072);

    // A representative that is not smaller than the modulus (RFC 8017, section 8.1.2) is refused by the platform.
    internal override bool Verify(IDisposable key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureLength((RSA)key)
        && ((RSA)key).VerifyData(data, signature, _hash, RSASignaturePadding.Pss);

    internal override int Sign(IDisposable key, ReadOnlySpan<byte> data, Span<byte> destination) =>
        ((RSA)key).SignData(data, destination, _hash, RSASignaturePadding.Pss);

    private static int SignatureLength(RSA key) => (key.KeySize + 7) / 8;

    private RSA Open(ReadOnlySpan<byte> bytes, Func<RSA, ReadOnlySpan<byte>, int> import)
    {
        var key = RSA.Create();
        try
        {
            var read = import(key, bytes);
            if (read != bytes.Length || key.KeySize is < SmallestKeyBits or > LargestKeyBits)
                throw new CryptographicException($"The key is not one of {Name}, or not of {SmallestKeyBits} to {LargestKeyBits} bits.");
            if (!IsSane(key.ExportParameters(includePrivateParameters: false)))
                throw new CryptographicException($"The public exponent is even, below {SmallestExponent} or above 32 bits, or the modulus is even.");
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private static bool IsSane(RSAParameters parameters)
    {
        var exponent = parameters.Exponent.AsSpan().TrimStart((byte)0);
        if (exponent.Length is 0 or > LargestExponentBytes || (exponent[^1] & 1) == 0 || (parameters.Modulus![^1] & 1) == 0)
            return false;
        long value = 0;
        foreach (var octet in exponent)
            value = value << 8 | octet;
        return value >= SmallestExponent;
    }
}
