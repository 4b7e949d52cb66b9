using System.Buffers.Text;
using System.Security.Cryptography;

namespace CorpSecure.Protocol.Signatures;

/// <summary>Makes nonces for signatures.</summary>
public static class SignatureNonce
{
    /// <summary>128 random bits as 22 characters of base64url.</summary>
    public static string Create()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return Base64Url.EncodeToString(bytes);
    }
}
