using CorpSecure.Gateway.RateLimits.Limiters;
using CorpSecure.Gateway.RateLimits.Shared;

namespace CorpSecure.Gateway.RateLimits;

/// <summary>What a chain answered to one request.</summary>
/// <param name="leases">From this replica's own limiters.</param>
/// <param name="refused">The first limit that had no room; those after it were not asked.</param>
/// <param name="shared">The answer of all replicas together; it counts, where there is one.</param>
public sealed class RateGrant(RateLimitChain chain, QuotaLease[] leases, int refused, SharedAnswer? shared = null)
{
    public const int None = -1;

    private readonly int decisive = shared?.Refused ?? refused;

    public RateLimitChain Chain => chain;

    public SharedAnswer? Shared => shared;

    public RateLimit? Refused => decisive == None ? null : chain.Limits[decisive];

    /// <summary>When the limit that refused may have room again.</summary>
    public TimeSpan? RetryAfter => decisive == None ? null : shared is not null ? shared.RetryAfter : leases[decisive].RetryAfter;

    /// <summary>How many limits have answered.</summary>
    public int Asked => decisive == None ? chain.Limits.Length : decisive + 1;

    public QuotaReading Reading(int limit)
    {
        if (shared is not null)
            return shared.Readings[limit];
        var reading = leases[limit].Reading;
        return decisive == None || limit == decisive ? reading : reading with { Remaining = reading.Remaining + 1 }; // it was given back
    }

    /// <summary>The same request as all replicas together answered it. Where they refuse, nothing was used here either.</summary>
    public RateGrant With(SharedAnswer answer)
    {
        if (answer.Refused != None && refused == None)
        {
            foreach (var lease in leases)
                lease.GiveBack();
        }

        return new RateGrant(chain, leases, refused, answer);
    }

    /// <summary>The request is over.</summary>
    public void Release()
    {
        foreach (var lease in leases)
            lease?.Dispose(); // after a refusal the rest were not asked
    }
}
