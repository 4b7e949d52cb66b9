using CorpSecure.Core.Policies;
using CorpSecure.Protocol.RateLimits;

namespace CorpSecure.Gateway.RateLimits;

/// <summary>A limit of the policy with its permits.</summary>
/// <param name="Share">The part of the permits that is given here; the others are given by other replicas.</param>
public sealed class RateLimit(RateLimitPolicy policy, double share, TimeProvider clock)
{
    public RateLimitPolicy Policy => policy;

    public QuotaTable Table { get; } = new(policy, Math.Max(1, (int)(policy.Permits * share)), clock);

    /// <summary>As it is told to callers.</summary>
    public QuotaPolicy Quota { get; } = new(
        policy.Name,
        policy.Permits,
        policy.Kind == RateKind.Concurrency ? null : (long)Math.Ceiling(policy.Window.TotalSeconds),
        policy.Kind == RateKind.Concurrency ? QuotaPolicy.ConcurrentRequests : null);
}
