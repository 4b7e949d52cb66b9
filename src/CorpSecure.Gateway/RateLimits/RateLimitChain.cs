using System.Collections.Immutable;
using CorpSecure.Core.Policies;
using CorpSecure.Gateway.RateLimits.Limiters;

namespace CorpSecure.Gateway.RateLimits;

/// <summary>The limits that one stage of one route asks. All must have room; if one has not, none is used.</summary>
public sealed class RateLimitChain(IEnumerable<RateLimit> limits)
{
    /// <summary>The narrowest first, so that who exceeds their own limit does not even touch what is shared with others.</summary>
    public ImmutableArray<RateLimit> Limits { get; } = [.. limits.OrderBy(limit => Width(limit.Policy.Per))];

    public RateGrant Take(in RateSubject subject)
    {
        var leases = new QuotaLease[Limits.Length];
        for (var i = 0; i < leases.Length; i++)
        {
            leases[i] = Limits[i].Table.Take(subject);
            if (leases[i].IsAcquired)
                continue;
            for (var taken = 0; taken < i; taken++)
                leases[taken].GiveBack();
            return new RateGrant(this, leases, i);
        }

        return new RateGrant(this, leases, RateGrant.None);
    }

    private static int Width(RateScope per) =>
        per.HasFlag(RateScope.User) ? 0 : per.HasFlag(RateScope.Address) ? 1 : per.HasFlag(RateScope.Client) ? 2 : 3;
}
