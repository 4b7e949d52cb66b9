using CorpSecure.Core.Policies;
using CorpSecure.Protocol.RateLimits;

namespace CorpSecure.Gateway.RateLimits;

/// <summary>The limits of one route, and how they are told.</summary>
public sealed class RouteLimits
{
    private readonly string strangersText;
    private readonly string callersText;

    /// <param name="route">Null for requests that match none.</param>
    public RouteLimits(RoutePolicy? route, IEnumerable<RateLimit> limits)
    {
        var applying = limits.Where(limit => limit.Policy.AppliesTo(route)).ToArray();
        Strangers = new RateLimitChain(applying.Where(limit => limit.Policy.Per.IsOfStrangers()));
        Callers = new RateLimitChain(applying.Where(limit => !limit.Policy.Per.IsOfStrangers()));
        strangersText = Text(Strangers.Limits);
        callersText = Text(Strangers.Limits.Concat(Callers.Limits));
    }

    /// <summary>Before anyone is authenticated.</summary>
    public RateLimitChain Strangers { get; }

    /// <summary>Of a caller who is known.</summary>
    public RateLimitChain Callers { get; }

    /// <summary>The quotas of the limits that were asked so far; ready beforehand but for one that is told only when it refuses.</summary>
    public string PolicyText(bool callers, RateLimit? refused)
    {
        var text = callers ? callersText : strangersText;
        return refused is null || refused.Policy.Per.IsOfOneCaller() ? text : $"{text}, {RateLimitFields.Write([refused.Quota])}";
    }

    private static string Text(IEnumerable<RateLimit> limits) =>
        RateLimitFields.Write([.. limits.Where(limit => limit.Policy.Per.IsOfOneCaller()).Select(limit => limit.Quota)]);
}
