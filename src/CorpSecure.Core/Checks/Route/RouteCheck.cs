using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;

namespace CorpSecure.Core.Checks.Route;

/// <summary>What the policy does not name does not exist.</summary>
public sealed class RouteCheck : ICheck
{
    public Stage Stage => Stage.Shape;

    public Finding Examine(Facts facts, Policy policy)
    {
        if (policy.FindRoute(facts) is not null)
            return Finding.Allow;
        return Finding.Deny(facts.Request is { Route: null, PathKnown: true } ? Reasons.MethodUnknown : Reasons.RouteUnknown);
    }
}
