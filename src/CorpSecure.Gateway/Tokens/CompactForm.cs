using System.Buffers;

namespace CorpSecure.Gateway.Tokens;

/// <summary>The compact form of a signed token (RFC 7515 section 7.1) has one spelling; any other is a second text for the same bytes.</summary>
public static class CompactForm
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly SearchValues<char> Digits = SearchValues.Create(Alphabet);

    /// <summary>Header and payload that are not empty, and a signature, which may be missing: that one is the verification's to refuse.</summary>
    public static bool Is(ReadOnlySpan<char> token)
    {
        var first = token.IndexOf('.');
        var second = token.LastIndexOf('.');
        return first > 0 && second > first + 1
            && IsCanonical(token[..first]) && IsCanonical(token[(first + 1)..second])
            && (second == token.Length - 1 || IsCanonical(token[(second + 1)..]));
    }

    /// <summary>base64url without padding, white space, or bits that stand for nothing.</summary>
    public static bool IsCanonical(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length % 4 == 1 || text.ContainsAnyExcept(Digits))
            return false;
        var unused = (text.Length % 4) switch { 2 => 0x0F, 3 => 0x03, _ => 0 };
        return (Alphabet.IndexOf(text[^1], StringComparison.Ordinal) & unused) == 0;
    }
}
