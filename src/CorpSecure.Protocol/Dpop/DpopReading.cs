namespace CorpSecure.Protocol.Dpop;

/// <summary>What a proof says. Nothing of it counts while <see cref="Fault"/> is not <see cref="DpopFault.None"/>.</summary>
public sealed record DpopReading
{
    /// <summary>Why it does not count.</summary>
    public DpopFault Fault { get; init; }

    /// <summary>The thumbprint of the key that signed it (RFC 7638, SHA-256): 43 characters of base64url.</summary>
    public string Thumbprint { get; init; } = "";

    /// <summary><c>htm</c>.</summary>
    public string Method { get; init; } = "";

    /// <summary><c>htu</c>.</summary>
    public string Target { get; init; } = "";

    /// <summary><c>iat</c>.</summary>
    public DateTimeOffset IssuedAt { get; init; }

    /// <summary><c>jti</c>, to be accepted once for its key: 1 to <see cref="DpopProof.LongestId"/> characters.</summary>
    public string Id { get; init; } = "";

    /// <summary><c>ath</c>; null when absent.</summary>
    public string? TokenHash { get; init; }

    /// <summary><c>nonce</c>; null when absent.</summary>
    public string? Nonce { get; init; }

    internal static DpopReading Of(DpopFault fault) => new() { Fault = fault };
}
