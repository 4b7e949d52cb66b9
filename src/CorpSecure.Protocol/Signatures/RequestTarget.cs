namespace CorpSecure.Protocol.Signatures;

/// <summary>Takes a raw request target apart without changing a character of it (RFC 9112, section 3.2).</summary>
internal static class RequestTarget
{
    public static ReadOnlySpan<char> PathOf(ReadOnlySpan<char> target)
    {
        var hierarchy = AfterAuthority(target);
        var query = hierarchy.IndexOf('?');
        return query < 0 ? hierarchy : hierarchy[..query];
    }

    /// <summary>The query without its question mark; empty when there is none.</summary>
    public static ReadOnlySpan<char> QueryOf(ReadOnlySpan<char> target)
    {
        var hierarchy = AfterAuthority(target);
        var query = hierarchy.IndexOf('?');
        return query < 0 ? [] : hierarchy[(query + 1)..];
    }

    public static ReadOnlySpan<char> WithoutDefaultPort(ReadOnlySpan<char> scheme, ReadOnlySpan<char> authority)
    {
        if (scheme.Equals("https", StringComparison.OrdinalIgnoreCase) && authority.EndsWith(":443"))
            return authority[..^4];
        if (scheme.Equals("http", StringComparison.OrdinalIgnoreCase) && authority.EndsWith(":80"))
            return authority[..^3];
        return authority;
    }

    /// <summary>Path and query; empty for the authority and asterisk forms.</summary>
    public static ReadOnlySpan<char> AfterAuthority(ReadOnlySpan<char> target)
    {
        if (target is "*")
            return [];
        if (target.StartsWith('/') || target.StartsWith('?'))
            return target;
        var scheme = target.IndexOf("://");
        // Authority form (CONNECT) has neither path nor query.
        if (scheme < 0)
            return [];
        var rest = target[(scheme + 3)..];
        var end = rest.IndexOfAny('/', '?');
        return end < 0 ? [] : rest[end..];
    }
}
