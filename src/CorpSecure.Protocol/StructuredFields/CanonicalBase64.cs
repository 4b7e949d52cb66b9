namespace CorpSecure.Protocol.StructuredFields;

/// <summary>Base64 with exactly one spelling: padded, no white space, unused bits zero (RFC 4648, sections 3.2, 3.3 and 3.5).</summary>
internal static class CanonicalBase64
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        if (text.Length % 4 != 0)
            return false;
        var padding = text.EndsWith("==") ? 2 : text.EndsWith("=") ? 1 : 0;
        var digits = text[..^padding];
        if (!FieldGrammar.IsBase64(digits) || (padding > 0 && UnusedBits(digits[^1], padding) != 0))
            return false;
        bytes = new byte[text.Length / 4 * 3 - padding];
        return Convert.TryFromBase64Chars(text, bytes, out var written) && written == bytes.Length;
    }

    private static int UnusedBits(char last, int padding) =>
        Alphabet.IndexOf(last, StringComparison.Ordinal) & (padding == 2 ? 0b1111 : 0b11);
}
