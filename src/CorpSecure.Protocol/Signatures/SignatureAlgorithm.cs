using System.Diagnostics.CodeAnalysis;

namespace CorpSecure.Protocol.Signatures;

/// <summary>
/// An algorithm of the HTTP Signature Algorithms registry (RFC 9421, section 6.2). A new one derives from this type, opens its
/// keys and is added to <see cref="All"/>; nothing else changes.
/// </summary>
public abstract class SignatureAlgorithm
{
    private protected SignatureAlgorithm(string name, int largestSignature)
    {
        Name = name;
        LargestSignature = largestSignature;
    }

    /// <summary>ECDSA on P-256 with SHA-256; the signature is r and s, 32 bytes each (section 3.3.4). JOSE calls it ES256.</summary>
    public static SignatureAlgorithm EcdsaP256Sha256 { get; } = EcdsaAlgorithm.P256();

    /// <summary>ECDSA on P-384 with SHA-384; the signature is r and s, 48 bytes each (section 3.3.5). JOSE calls it ES384.</summary>
    public static SignatureAlgorithm EcdsaP384Sha384 { get; } = EcdsaAlgorithm.P384();

    /// <summary>RSASSA-PSS with SHA-512 and a salt of 64 bytes (section 3.3.1). JOSE calls it PS512.</summary>
    public static SignatureAlgorithm RsaPssSha512 { get; } = new RsaPssAlgorithm();

    /// <summary>Every algorithm that this implementation verifies.</summary>
    public static IReadOnlyList<SignatureAlgorithm> All { get; } = [EcdsaP256Sha256, EcdsaP384Sha384, RsaPssSha512];

    /// <summary>The registered name, as in the <c>alg</c> parameter.</summary>
    public string Name { get; }

    /// <summary>An upper bound on the length of a signature, in bytes.</summary>
    public int LargestSignature { get; }

    /// <summary>Finds an algorithm by its registered name, exactly.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out SignatureAlgorithm? algorithm)
    {
        algorithm = All.FirstOrDefault(known => known.Name == name);
        return algorithm is not null;
    }

    /// <summary>The registered name.</summary>
    public override string ToString() => Name;

    /// <summary>Opens a SubjectPublicKeyInfo. Throws <see cref="System.Security.Cryptography.CryptographicException"/> when the key is not of this algorithm.</summary>
    internal abstract IDisposable OpenPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo);

    internal abstract IDisposable OpenPrivateKey(ReadOnlySpan<byte> pkcs8);

    internal abstract byte[] PublicKeyOf(IDisposable privateKey);

    internal abstract byte[] PrivateKeyOf(IDisposable privateKey);

    internal abstract IDisposable GenerateKey();

    internal abstract bool Verify(IDisposable key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    internal abstract int Sign(IDisposable key, ReadOnlySpan<byte> data, Span<byte> destination);
}
