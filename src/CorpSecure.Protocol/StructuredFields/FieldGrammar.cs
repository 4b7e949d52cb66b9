using System.Buffers;

namespace CorpSecure.Protocol.StructuredFields;

/// <summary>The character classes of RFC 9651, section 4.2.</summary>
internal static class FieldGrammar
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create(Lower + Digits + "_-.*");
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(Lower + Upper + Digits + "!#$%&'*+-.^_`|~:/");
    private static readonly SearchValues<char> Base64Characters = SearchValues.Create(Lower + Upper + Digits + "+/");

    private static readonly SearchValues<char> LineCharacters =
        SearchValues.Create([.. "\t", .. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c)]);

    public static bool StartsKey(char c) => char.IsAsciiLetterLower(c) || c == '*';

    public static bool StartsToken(char c) => char.IsAsciiLetter(c) || c == '*';

    public static bool IsPrintable(char c) => c is >= ' ' and <= '~';

    public static bool IsPrintable(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange(' ', '~');

    /// <summary>Whether the text can stand on one line of a signature base: printable ASCII and tabs (RFC 9421, section 2.1).</summary>
    public static bool IsLine(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(LineCharacters);

    public static bool IsKey(ReadOnlySpan<char> text) => text.Length > 0 && StartsKey(text[0]) && KeyLength(text) == text.Length;

    public static bool IsToken(ReadOnlySpan<char> text) => text.Length > 0 && StartsToken(text[0]) && TokenLength(text) == text.Length;

    public static int KeyLength(ReadOnlySpan<char> text) => LengthOf(text, KeyCharacters);

    public static int TokenLength(ReadOnlySpan<char> text) => LengthOf(text, TokenCharacters);

    public static bool IsBase64(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Base64Characters);

    private static int LengthOf(ReadOnlySpan<char> text, SearchValues<char> allowed)
    {
        var end = text.IndexOfAnyExcept(allowed);
        return end < 0 ? text.Length : end;
    }
}
