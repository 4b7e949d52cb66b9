namespace CorpSecure.Protocol.Problems;

/// <summary>Names of HTTP fields that both ends use.</summary>
public static class HeaderNames
{
    /// <summary>The decision behind a response; on every response of the gateway.</summary>
    public const string DecisionId = "Corpsecure-Decision-Id";

    /// <summary>The gateway's signed statement to the core.</summary>
    public const string Assertion = "Corpsecure-Assertion";

    /// <summary>Makes a payment safe to repeat.</summary>
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>Marks a stored first answer that is given again.</summary>
    public const string IdempotentReplay = "Idempotent-Replay";

    /// <summary>RFC 9530.</summary>
    public const string ContentDigest = "Content-Digest";

    /// <summary>RFC 9421.</summary>
    public const string Signature = "Signature";

    /// <summary>RFC 9421.</summary>
    public const string SignatureInput = "Signature-Input";

    /// <summary>RFC 9449.</summary>
    public const string Dpop = "DPoP";

    /// <summary>RFC 9449, section 8.</summary>
    public const string DpopNonce = "DPoP-Nonce";

    /// <summary>draft-ietf-httpapi-ratelimit-headers.</summary>
    public const string RateLimit = "RateLimit";

    /// <summary>draft-ietf-httpapi-ratelimit-headers.</summary>
    public const string RateLimitPolicy = "RateLimit-Policy";
}
