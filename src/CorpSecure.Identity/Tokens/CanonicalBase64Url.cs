using System.Buffers.Text;

namespace CorpSecure.Identity.Tokens;

/// <summary>base64url with one spelling for each value, so that what was signed is what was sent, bit for bit (RFC 7515 section 2, RFC 4648 section 3.5).</summary>
public static class CanonicalBase64Url
{
    /// <returns>Null for anything else: padding, white space, bits that stand for nothing.</returns>
    public static byte[]? Decode(string text)
    {
        if (text.Length == 0 || text.Length % 4 == 1 || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            return null;
        try
        {
            var bytes = Base64Url.DecodeFromChars(text);
            return Base64Url.EncodeToString(bytes) == text ? bytes : null;
        }
        catch (FormatException)
        {
            return null; // bits that stand for nothing
        }
    }
}
