using CorpSecure.Protocol.Comparison;

namespace CorpSecure.Protocol.Dpop;

/// <summary>The request that a proof came with.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Target">Its address as clients know it: the configured external origin and the path; no query, no fragment.</param>
/// <param name="Now">When it arrived.</param>
public sealed record DpopExpectation(string Method, string Target, DateTimeOffset Now)
{
    /// <summary>The access token beside it; null at endpoints that take none.</summary>
    public string? AccessToken { get; init; }

    /// <summary>The thumbprint of the key that the token, the code or the refresh token is bound to; null where nothing is yet.</summary>
    public string? Thumbprint { get; init; }

    /// <summary>How old a proof may be.</summary>
    public TimeSpan MaximumAge { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How far ahead the sender's clock may be.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>What RFC 9449, section 4.3, asks of a proof in view of its request: steps 8, 9, 11 and 12.</summary>
public static class DpopRules
{
    /// <summary>The first fault, of the proof itself or in view of the request.</summary>
    public static DpopFault Check(DpopReading reading, DpopExpectation expected)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(expected);
        if (reading.Fault != DpopFault.None)
            return reading.Fault;
        // 8. htm is the method; methods are case-sensitive.
        if (reading.Method != expected.Method)
            return DpopFault.Method;
        // 9. htu is the address.
        if (!IsAddress(reading.Target, expected.Target))
            return DpopFault.Target;
        // 11. iat is recent.
        if (reading.IssuedAt - expected.Now > expected.Skew)
            return DpopFault.Future;
        if (expected.Now - reading.IssuedAt > expected.MaximumAge)
            return DpopFault.Stale;
        // 12. ath is the token's hash, and the key is the one that it is bound to.
        if (expected.AccessToken is { } token && (reading.TokenHash is not { } hash || !ConstantTime.AreEqual(hash, DpopProof.TokenHash(token))))
            return DpopFault.TokenHash;
        return expected.Thumbprint is { } thumbprint && !ConstantTime.AreEqual(reading.Thumbprint, thumbprint) ? DpopFault.Thumbprint : DpopFault.None;
    }

    // Section 4.3 asks for the normalization of RFC 3986, sections 6.2.2 and 6.2.3: case of scheme and host, the default port, dots.
    private static bool IsAddress(string told, string expected) =>
        told == expected
        || (Uri.TryCreate(told, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
            && !told.AsSpan().ContainsAny("?#\\@")
            && Uri.TryCreate(expected, UriKind.Absolute, out var wanted)
            && uri.Scheme == wanted.Scheme && uri.IdnHost == wanted.IdnHost && uri.Port == wanted.Port
            && uri.AbsolutePath == wanted.AbsolutePath);
}
