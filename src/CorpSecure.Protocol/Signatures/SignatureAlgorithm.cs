using System.Diagnostics.CodeAnalysis;

namespace CorpSecure.Protocol.Signatures;

/// <summary>
/// An algorithm that signs messages: one of the HTTP Signature Algorithms registry (RFC 9421, section 6.2), or a JOSE algorithm that
/// has no name there (section 3.3.7). A new one derives from this type, opens its keys and is added to <see cref="All"/>; nothing
/// else changes. Symmetric algorithms are not here and cannot be: a key that verifies must not be able to sign.
/// </summary>
public abstract class SignatureAlgorithm
{
    private protected SignatureAlgorithm(string? registeredName, string joseName, int largestSignature)
    {
        RegisteredName = registeredName;
        JoseName = joseName;
        LargestSignature = largestSignature;
    }

    /// <summary>EdDSA on edwards25519; 64 bytes (section 3.3.6).</summary>
    public static SignatureAlgorithm Ed25519 { get; } = new Ed25519Algorithm();

    /// <summary>ECDSA on P-256 with SHA-256; the signature is r and s, 32 bytes each (section 3.3.4).</summary>
    public static SignatureAlgorithm EcdsaP256Sha256 { get; } = EcdsaAlgorithm.P256();

    /// <summary>ECDSA on P-384 with SHA-384; the signature is r and s, 48 bytes each (section 3.3.5).</summary>
    public static SignatureAlgorithm EcdsaP384Sha384 { get; } = EcdsaAlgorithm.P384();

    /// <summary>RSASSA-PSS with SHA-512 and a salt of 64 bytes (section 3.3.1).</summary>
    public static SignatureAlgorithm RsaPssSha512 { get; } = RsaPssAlgorithm.Sha512();

    /// <summary>
    /// RSASSA-PSS with SHA-256 and a salt of 32 bytes: PS256 of RFC 7518, section 3.5. The HTTP registry has no name for it, so a
    /// signature carries no <c>alg</c> and the registered key alone says what it is (section 3.3.7).
    /// </summary>
    public static SignatureAlgorithm RsaPssSha256 { get; } = RsaPssAlgorithm.Sha256();

    /// <summary>Every algorithm that this implementation verifies.</summary>
    public static IReadOnlyList<SignatureAlgorithm> All { get; } =
        [Ed25519, EcdsaP256Sha256, EcdsaP384Sha384, RsaPssSha512, RsaPssSha256];

    /// <summary>The name under which keys are registered: the HTTP registry's where it has one, else JOSE's.</summary>
    public string Name => RegisteredName ?? JoseName;

    /// <summary>The only value that the <c>alg</c> parameter may have; null when it must be absent.</summary>
    public string? RegisteredName { get; }

    /// <summary>The name in JSON Web Keys (RFC 7518 and RFC 9864), such as <c>ES256</c>.</summary>
    public string JoseName { get; }

    /// <summary>An upper bound on the length of a signature, in bytes.</summary>
    public int LargestSignature { get; }

    /// <summary>Finds an algorithm by its <see cref="Name"/>, exactly.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out SignatureAlgorithm? algorithm)
    {
        algorithm = All.FirstOrDefault(known => known.Name == name);
        return algorithm is not null;
    }

    /// <summary>The <see cref="Name"/>.</summary>
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
