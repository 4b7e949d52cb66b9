using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace CorpSecure.Core.Checks.RequestShape;

/// <summary>The one form of a request target in which policy, signature and forwarding all see the same thing.</summary>
/// <remarks>
/// Origin form (RFC 9112 section 3.2.1). A path is made of unreserved characters and a few harmless ones, so nothing in
/// it can be decoded, collapsed or split (RFC 3986 section 6.2.2): no escapes, empty or dot segments, matrix parameters
/// or backslashes. A query may hold escapes, in upper case and only of characters that need them, and is UTF-8 when they
/// are undone: what is not, one server replaces and another reads as a different character. An empty query is refused,
/// since RFC 9421 (section 2.2.7) signs it like none.
/// </remarks>
public static class CanonicalTarget
{
    public const int MaximumLength = 4096;

    private static readonly SearchValues<char> PathCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/@:,=+");

    private static readonly SearchValues<char> QueryCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/@:,=+!$'()*?&%");

    public static bool Is(string target)
    {
        if (target.Length is 0 or > MaximumLength || target[0] != '/')
            return false;
        var mark = target.IndexOf('?');
        return mark < 0 ? IsPath(target) : IsPath(target.AsSpan(0, mark)) && IsQuery(target.AsSpan(mark + 1));
    }

    /// <summary>The path of a target, canonical or not.</summary>
    public static ReadOnlySpan<char> Path(string target)
    {
        var mark = target.IndexOf('?');
        return mark < 0 ? target : target.AsSpan(0, mark);
    }

    private static bool IsPath(ReadOnlySpan<char> path)
    {
        if (path.ContainsAnyExcept(PathCharacters))
            return false;
        if (path.Length == 1)
            return true;
        foreach (var range in path[1..].Split('/'))
        {
            var segment = path[1..][range];
            if (segment is "" or "." or "..")
                return false;
        }

        return true;
    }

    private static bool IsQuery(ReadOnlySpan<char> query)
    {
        if (query.IsEmpty || query.ContainsAnyExcept(QueryCharacters))
            return false;
        Span<byte> unescaped = stackalloc byte[query.Length]; // at most MaximumLength
        var length = 0;
        for (var i = 0; i < query.Length; i++)
        {
            unescaped[length] = (byte)query[i];
            if (query[i] == '%')
            {
                if (i + 2 >= query.Length || !IsUpperHex(query[i + 1]) || !IsUpperHex(query[i + 2]))
                    return false;
                unescaped[length] = byte.Parse(query.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier);
                if (!NeedsEscape((char)unescaped[length]))
                    return false;
                i += 2;
            }

            length++;
        }

        return Utf8.IsValid(unescaped[..length]);
    }

    private static bool NeedsEscape(char c) => c is >= ' ' and not '\x7F' && !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_' or '~');

    private static bool IsUpperHex(char c) => char.IsAsciiDigit(c) || c is >= 'A' and <= 'F';
}
