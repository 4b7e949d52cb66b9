using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Identity.Hosting;

/// <summary>The realm's signing key, and the keys derived from its encryption key, one for each use.</summary>
public sealed class IdentityKeys
{
    private const int KeyLength = 32;

    /// <param name="otherEncryption">Encryption keys that were or will be the one: what they encrypted is still read.</param>
    public IdentityKeys(ECDsa signing, byte[] encryption, params IReadOnlyList<byte[]> otherEncryption)
    {
        Signing = Named(signing);
        TotpSecrets = TotpKey(encryption);
        DataProtection = DataProtectionKey(encryption);
        OtherTotpSecrets = [.. otherEncryption.Select(TotpKey)];
        OtherDataProtection = [.. otherEncryption.Select(DataProtectionKey)];
        OtherTokens = [.. otherEncryption.Select(TokensKey)];
        Tokens = TokensKey(encryption);
        DpopNonces = Derive(encryption, "corpsecure/identity/dpop-nonces/v1"u8);
    }

    public ECDsaSecurityKey Signing { get; }

    /// <summary>Encrypts what goes out only to come back: codes and refresh tokens.</summary>
    public SymmetricSecurityKey Tokens { get; }

    public byte[] TotpSecrets { get; }

    public byte[] DataProtection { get; }

    public byte[] DpopNonces { get; }

    public IReadOnlyList<byte[]> OtherTotpSecrets { get; }

    public IReadOnlyList<byte[]> OtherDataProtection { get; }

    public IReadOnlyList<SymmetricSecurityKey> OtherTokens { get; }

    /// <summary>Named by the thumbprint of its public part.</summary>
    internal static ECDsaSecurityKey Named(ECDsa key) => new(key) { KeyId = Thumbprint(key) };

    /// <exception cref="CryptographicException">Not a P-256 private key.</exception>
    public static ECDsa LoadSigning(string file)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        if (key.KeySize != 256 || key.ExportParameters(includePrivateParameters: true).Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
            throw new CryptographicException("must be a P-256 private key in PEM");
        return key;
    }

    /// <exception cref="CryptographicException">Not 32 bytes as base64.</exception>
    public static byte[] LoadEncryption(string file)
    {
        var key = new byte[KeyLength + 1];
        return Convert.TryFromBase64String(File.ReadAllText(file).Trim(), key, out var length) && length == KeyLength
            ? key[..KeyLength]
            : throw new CryptographicException("must hold 32 bytes as base64 text");
    }

    public override string ToString() => "IdentityKeys(redacted)";

    private static byte[] TotpKey(byte[] key) => Derive(key, "corpsecure/identity/totp-secrets/v1"u8);

    private static byte[] DataProtectionKey(byte[] key) => Derive(key, "corpsecure/identity/data-protection/v1"u8);

    private static SymmetricSecurityKey TokensKey(byte[] key) => new(Derive(key, "corpsecure/identity/tokens/v1"u8));

    private static byte[] Derive(byte[] key, ReadOnlySpan<byte> purpose)
    {
        var derived = new byte[KeyLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, salt: [], info: purpose);
        return derived;
    }

    // RFC 7638
    private static string Thumbprint(ECDsa key)
    {
        using var publicOnly = ECDsa.Create(key.ExportParameters(includePrivateParameters: false));
        return Base64UrlEncoder.Encode(new ECDsaSecurityKey(publicOnly).ComputeJwkThumbprint());
    }
}
