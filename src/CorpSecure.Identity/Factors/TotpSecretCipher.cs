using System.Security.Cryptography;
using System.Text;

namespace CorpSecure.Identity.Factors;

/// <summary>AES-256-GCM: version, 12-byte nonce, ciphertext, 16-byte tag; bound to the user it belongs to.</summary>
public sealed class TotpSecretCipher(byte[] key)
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = 1 + NonceLength + TagLength;

    public byte[] Seal(ReadOnlySpan<byte> secret, string userId)
    {
        var box = new byte[Overhead + secret.Length];
        box[0] = Version;
        var nonce = box.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, secret, box.AsSpan(1 + NonceLength, secret.Length), box.AsSpan(box.Length - TagLength), Encoding.UTF8.GetBytes(userId));
        return box;
    }

    /// <exception cref="CryptographicException">Another key, another user, or altered bytes.</exception>
    public byte[] Open(ReadOnlySpan<byte> box, string userId)
    {
        if (box.Length < Overhead || box[0] != Version)
            throw new CryptographicException("not a TOTP secret of a known version");
        var secret = new byte[box.Length - Overhead];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(box.Slice(1, NonceLength), box.Slice(1 + NonceLength, secret.Length), box[^TagLength..], secret, Encoding.UTF8.GetBytes(userId));
        return secret;
    }
}
