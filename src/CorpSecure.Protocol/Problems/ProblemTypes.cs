namespace CorpSecure.Protocol.Problems;

/// <summary>URIs of problem types.</summary>
public static class ProblemTypes
{
    /// <summary>What precedes the code in the product's own types.</summary>
    public const string Prefix = "urn:corpsecure:problem:";

    /// <summary>A quota is used up (draft-ietf-httpapi-ratelimit-headers); comes with 429 and <c>Retry-After</c>.</summary>
    public const string QuotaExceeded = "https://iana.org/assignments/http-problem-types#quota-exceeded";

    /// <summary>The product's own type for a reason code.</summary>
    public static string For(string code) => Prefix + code;
}
