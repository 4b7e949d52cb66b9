using System.Buffers;
using System.Buffers.Text;

namespace CorpSecure.Protocol.Encodings;

/// <summary>
/// base64url with one spelling for each value, so that what was signed is what was sent, bit for bit: the alphabet of
/// RFC 4648 section 5 without padding (RFC 7515 section 2), and nothing else. White space, and a last digit whose
/// bits that stand for nothing are not zero (RFC 4648 section 3.5), are refused. So is the empty text: no value here is empty.
/// </summary>
public static class CanonicalBase64Url
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static readonly SearchValues<char> Digits = SearchValues.Create(Alphabet);

    /// <summary>The most bytes that a text of so many characters can stand for.</summary>
    public static int LargestLength(int characters) => Base64Url.GetMaxDecodedLength(characters);

    /// <summary>Whether the text is the one spelling of some value. Nothing is decoded or allocated.</summary>
    public static bool Is(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length % 4 == 1 || text.ContainsAnyExcept(Digits))
            return false;
        var unused = (text.Length % 4) switch { 2 => 0x0F, 3 => 0x03, _ => 0 };
        return (Alphabet.IndexOf(text[^1], StringComparison.Ordinal) & unused) == 0;
    }

    /// <summary>Decodes a canonical text.</summary>
    /// <param name="text">The characters.</param>
    /// <param name="destination">Where the value goes; <see cref="LargestLength"/> bytes always suffice.</param>
    /// <param name="written">How many bytes the value has; zero when there is none.</param>
    /// <returns>False for any text that is not canonical, and for a destination that is too short.</returns>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination, out int written)
    {
        written = 0;
        return Is(text) && Base64Url.TryDecodeFromChars(text, destination, out written);
    }

    /// <summary>Decodes a canonical text into bytes of its own.</summary>
    /// <returns>Null for any text that is not canonical.</returns>
    public static byte[]? Decode(ReadOnlySpan<char> text) => Is(text) ? Base64Url.DecodeFromChars(text) : null;
}
