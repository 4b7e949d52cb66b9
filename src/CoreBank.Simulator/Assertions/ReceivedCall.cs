namespace CoreBank.Simulator.Assertions;

/// <summary>What of a request the assertion speaks about, exactly as it was received.</summary>
/// <param name="Assertions">Every value of the assertion header; only one is allowed.</param>
/// <param name="Target">The request target as on the wire, with its query, before any decoding.</param>
/// <param name="BodyDigest">base64url(SHA-256) over the received bytes.</param>
public readonly record struct ReceivedCall(IReadOnlyList<string?> Assertions, string Method, string Target, string BodyDigest);
