using System.Security.Cryptography;

namespace CorpSecure.Ledger.Sealing;

/// <summary>AES-256-GCM: version, 12-byte random nonce, ciphertext, 16-byte tag.</summary>
internal sealed class SealingKey(byte[] key)
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>An instance that nobody uses now: it serves one caller at a time, and its key schedule is most of what a short text costs.</summary>
    private AesGcm? spare;

    public byte[] Seal(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> context)
    {
        var result = new byte[1 + NonceLength + plaintext.Length + TagLength];
        result[0] = Version;
        var nonce = result.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        var aes = Take();
        aes.Encrypt(nonce, plaintext, result.AsSpan(1 + NonceLength, plaintext.Length), result.AsSpan(result.Length - TagLength), context);
        GiveBack(aes);
        return result;
    }

    /// <exception cref="CryptographicException">Another key, another context, or altered bytes.</exception>
    public byte[] Open(ReadOnlySpan<byte> box, ReadOnlySpan<byte> context)
    {
        if (box.Length < 1 + NonceLength + TagLength || box[0] != Version)
            throw new CryptographicException("not a sealed value of a known version");
        var plaintext = new byte[box.Length - 1 - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(box.Slice(1, NonceLength), box.Slice(1 + NonceLength, plaintext.Length), box[^TagLength..], plaintext, context);
        return plaintext;
    }

    private AesGcm Take() => Interlocked.Exchange(ref spare, null) ?? new AesGcm(key, TagLength);

    private void GiveBack(AesGcm aes) => Interlocked.Exchange(ref spare, aes)?.Dispose();
}
