using System.Buffers;
using System.Buffers.Text;

namespace CorpSecure.Protocol.Dpop;

/// <summary>base64url with one spelling for each value: no padding, no white space, no bits that stand for nothing (RFC 7515, section 2; RFC 4648, section 3.5).</summary>
internal static class StrictBase64Url
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static readonly SearchValues<char> Digits = SearchValues.Create(Alphabet);

    public static int LargestLength(int characters) => Base64Url.GetMaxDecodedLength(characters);

    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination, out int written)
    {
        written = 0;
        if (text.IsEmpty || text.Length % 4 == 1 || text.ContainsAnyExcept(Digits))
            return false;
        var unused = (text.Length % 4) switch { 2 => 0x0F, 3 => 0x03, _ => 0 };
        return (Alphabet.IndexOf(text[^1], StringComparison.Ordinal) & unused) == 0 && Base64Url.TryDecodeFromChars(text, destination, out written);
    }
}
