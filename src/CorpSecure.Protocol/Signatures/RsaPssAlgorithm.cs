using System.Security.Cryptography;

namespace CorpSecure.Protocol.Signatures;

/// <summary>RSASSA-PSS with SHA-512; the platform's salt is as long as the hash, which is what RFC 9421, section 3.3.1 asks.</summary>
internal sealed class RsaPssAlgorithm() : SignatureAlgorithm("rsa-pss-sha512", LargestKeyBits / 8)
{
    private const int SmallestKeyBits = 2048;
    private const int LargestKeyBits = 8192;

    internal override IDisposable OpenPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo) =>
        Open(subjectPublicKeyInfo, static (key, bytes) => { key.ImportSubjectPublicKeyInfo(bytes, out var read); return read; });

    internal override IDisposable OpenPrivateKey(ReadOnlySpan<byte> pkcs8) =>
        Open(pkcs8, static (key, bytes) => { key.ImportPkcs8PrivateKey(bytes, out var read); return read; });

    internal override byte[] PublicKeyOf(IDisposable privateKey) => ((RSA)privateKey).ExportSubjectPublicKeyInfo();

    internal override byte[] PrivateKeyOf(IDisposable privateKey) => ((RSA)privateKey).ExportPkcs8PrivateKey();

    internal override IDisposable GenerateKey() => RSA.Create(3072);

    internal override bool Verify(IDisposable key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == ((RSA)key).KeySize / 8
        && ((RSA)key).VerifyData(data, signature, HashAlgorithmName.SHA512, RSASignaturePadding.Pss);

    internal override int Sign(IDisposable key, ReadOnlySpan<byte> data, Span<byte> destination) =>
        ((RSA)key).SignData(data, destination, HashAlgorithmName.SHA512, RSASignaturePadding.Pss);

    private RSA Open(ReadOnlySpan<byte> bytes, Func<RSA, ReadOnlySpan<byte>, int> import)
    {
        var key = RSA.Create();
        try
        {
            var read = import(key, bytes);
            if (read != bytes.Length || key.KeySize is < SmallestKeyBits or > LargestKeyBits)
                throw new CryptographicException($"The key is not one of {Name}, or not of {SmallestKeyBits} to {LargestKeyBits} bits.");
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
