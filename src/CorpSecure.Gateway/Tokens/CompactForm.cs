using CorpSecure.Protocol.Encodings;

namespace CorpSecure.Gateway.Tokens;

/// <summary>The compact form of a signed token (RFC 7515 section 7.1) has one spelling; any other is a second text for the same bytes.</summary>
public static class CompactForm
{
    /// <summary>Header and payload that are not empty, and a signature, which may be missing: that one is the verification's to refuse.</summary>
    public static bool Is(ReadOnlySpan<char> token)
    {
        var first = token.IndexOf('.');
        var second = token.LastIndexOf('.');
        return first > 0 && second > first + 1
            && CanonicalBase64Url.Is(token[..first]) && CanonicalBase64Url.Is(token[(first + 1)..second])
            && (second == token.Length - 1 || CanonicalBase64Url.Is(token[(second + 1)..]));
    }
}
