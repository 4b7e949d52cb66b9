using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;

namespace CorpSecure.Core.Checks.RateLimit;

/// <summary>A limit that had no room refuses, whatever else is known of the request.</summary>
/// <param name="stage">In the shape stage addresses are limited, in the limits stage callers who are known.</param>
public sealed class RateLimitCheck(Stage stage) : ICheck
{
    public Stage Stage => stage;

    public Finding Examine(Facts facts, Policy policy) =>
        facts.Exceeded is { } limit && (stage == Stage.Shape) == limit.Per.IsOfStrangers() ? Finding.Deny(ReasonOf(limit)) : Finding.Allow;

    /// <summary>The narrowest of what a limit counts by names it.</summary>
    private static Reason ReasonOf(RateFacts limit) => limit switch
    {
        { Kind: RateKind.Concurrency } => Reasons.ConcurrencyLimited,
        _ when limit.Per.HasFlag(RateScope.User) => Reasons.UserLimited,
        _ when limit.Per.HasFlag(RateScope.Client) => Reasons.ClientLimited,
        _ when limit.Per.HasFlag(RateScope.Address) => Reasons.AddressLimited,
        _ when limit.Per.HasFlag(RateScope.Route) => Reasons.RouteLimited,
        _ => Reasons.OperationLimited,
    };
}
