using System.Security.Cryptography;

namespace CorpSecure.Ledger.Sealing;

/// <summary>The key outside the database. It wraps client keys, keys the blind index and the nonces of proofs, each through its own derived key.</summary>
public sealed class MasterKey
{
    public const int Length = 32;

    private readonly byte[] wrapping;
    private readonly byte[] indexing;
    private readonly byte[] nonces;

    public MasterKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Length)
            throw new CryptographicException($"a master key has {Length} bytes, not {key.Length}");
        wrapping = Derive(key, "corpsecure/wrap/v1"u8);
        indexing = Derive(key, "corpsecure/blind-index/v1"u8);
        nonces = Derive(key, "corpsecure/dpop-nonce/v1"u8);
    }

    /// <summary>Reads base64 text from a file.</summary>
    /// <exception cref="CryptographicException">The file does not hold 32 bytes as base64.</exception>
    public static MasterKey Load(string file)
    {
        var buffer = new byte[Length + 1];
        if (!Convert.TryFromBase64String(File.ReadAllText(file).Trim(), buffer, out var length))
            throw new CryptographicException("the master key file must hold 32 bytes as base64 text");
        try
        {
            return new MasterKey(buffer.AsSpan(0, length));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }

    /// <summary>The key of the nonces that are handed out for proofs: every replica that has this master key accepts them.</summary>
    public byte[] NonceKey => [.. nonces];

    internal SealingKey Wrapping => new(wrapping);

    internal byte[] Tag(ReadOnlySpan<byte> value) => HMACSHA256.HashData(indexing, value);

    public override string ToString() => "MasterKey(redacted)";

    private static byte[] Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> purpose)
    {
        var derived = new byte[Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, salt: [], info: purpose);
        return derived;
    }
}
