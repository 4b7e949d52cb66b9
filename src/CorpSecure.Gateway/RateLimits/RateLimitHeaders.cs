using CorpSecure.Protocol.Problems;

namespace CorpSecure.Gateway.RateLimits;

/// <summary>Tells a caller of the limits that applied to the request so far.</summary>
public static class RateLimitHeaders
{
    public static void Apply(HttpResponse response, RateTally? tally)
    {
        if (tally is not { PolicyText: { Length: > 0 } policy })
            return;
        response.Headers[CorpSecureHeaders.RateLimitPolicy] = policy;
        response.Headers[CorpSecureHeaders.RateLimit] = tally.StatusText();
    }
}
