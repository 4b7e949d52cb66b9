using System.Buffers;

namespace CorpSecure.Core.Checks.RequestShape;

/// <summary>The one form of a request target in which policy, signature and forwarding all see the same thing.</summary>
/// <remarks>
/// Origin form (RFC 9112 section 3.2.1). A path is made of unreserved characters and a few harmless ones, so nothing in
/// it can be decoded, collapsed or split (RFC 3986 section 6.2.2): no escapes, empty or dot segments, matrix parameters
/// or backslashes. A query may hold escapes, in upper case and only of characters that need them.
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
        if (query.ContainsAnyExcept(QueryCharacters))
            return false;
        for (var i = query.IndexOf('%'); i >= 0 && i < query.Length; i++)
        {
            if (query[i] != '%')
                continue;
            if (i + 2 >= query.Length || !IsUpperHex(query[i + 1]) || !IsUpperHex(query[i + 2]))
                return false;
            var escaped = Convert.ToInt32(query.Slice(i + 1, 2).ToString(), 16);
            if (escaped < 0x20 || escaped == 0x7F || char.IsAsciiLetterOrDigit((char)escaped) || "-._~".Contains((char)escaped))
                return false;
            i += 2;
        }

        return true;
    }

    private static bool IsUpperHex(char c) => char.IsAsciiDigit(c) || c is >= 'A' and <= 'F';
}
