using System.Security.Cryptography;
using System.Text;

namespace CorpSecure.Identity.Factors;

/// <summary>AES-256-GCM: version, 12-byte nonce, ciphertext, 16-byte tag; bound to the user it belongs to.</summary>
/// <param name="key">Seals, and opens.</param>
/// <param name="others">Only open, what was sealed before the key was changed.</param>
public sealed class TotpSecretCipher(byte[] key, params IReadOnlyList<byte[]> others)
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
        if (TryOpen(key, box, userId) is { } secret)
            return secret;
        foreach (var other in others)
        {
            if (TryOpen(other, box, userId) is { } opened)
                return opened;
        }

        throw new CryptographicException("sealed under another key, for another user, or altered");
    }

    /// <summary>Whether it is sealed under the key of today.</summary>
    public bool IsCurrent(ReadOnlySpan<byte> box, string userId)
    {
        var secret = TryOpen(key, box, userId);
        CryptographicOperations.ZeroMemory(secret);
        return secret is not null;
    }

    private static byte[]? TryOpen(byte[] key, ReadOnlySpan<byte> box, string userId)
    {
        var secret = new byte[box.Length - Overhead];
        try
        {
            using var aes = new AesGcm(key, TagLength);
            aes.Decrypt(box.Slice(1, NonceLength), box.Slice(1 + NonceLength, secret.Length), box[^TagLength..], secret, Encoding.UTF8.GetBytes(userId));
            return secret;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
