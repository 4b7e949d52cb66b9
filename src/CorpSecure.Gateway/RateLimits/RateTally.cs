using CorpSecure.Core.Policies;
using CorpSecure.Protocol.RateLimits;

namespace CorpSecure.Gateway.RateLimits;

/// <summary>What the limits have answered to one request so far.</summary>
public sealed class RateTally(RouteLimits limits)
{
    public RouteLimits Limits => limits;

    public RateGrant? Strangers { get; set; }

    public RateGrant? Callers { get; set; }

    public RateLimit? Refused => Strangers?.Refused ?? Callers?.Refused;

    public TimeSpan? RetryAfter => Strangers?.RetryAfter ?? Callers?.RetryAfter;

    public string PolicyText => limits.PolicyText(Callers is not null, Refused);

    /// <summary>What is left, of those limits that are this caller's own, and of the one that refused.</summary>
    public string StatusText()
    {
        var statuses = new QuotaStatus[(Strangers?.Asked ?? 0) + (Callers?.Asked ?? 0)];
        var told = 0;
        Add(Strangers, statuses, ref told);
        Add(Callers, statuses, ref told);
        return RateLimitFields.Write(statuses.AsSpan(0, told));
    }

    private static void Add(RateGrant? grant, QuotaStatus[] statuses, ref int told)
    {
        for (var i = 0; i < (grant?.Asked ?? 0); i++)
        {
            var limit = grant!.Chain.Limits[i];
            if (!limit.Policy.Per.IsOfOneCaller() && limit != grant.Refused)
                continue; // what is left for everybody together would tell one client of the others
            var reading = grant.Reading(i);
            statuses[told++] = new QuotaStatus(limit.Policy.Name, reading.Remaining, reading.Reset is { } reset ? (long)Math.Ceiling(reset.TotalSeconds) : null);
        }
    }
}
