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
        if (facts.Request.Route is { } route)
            return policy.Routes(facts.Listener).ByName.ContainsKey(route) ? Finding.Allow : Finding.Deny(Reasons.RouteUnknown);
        return Finding.Deny(facts.Request.PathKnown ? Reasons.MethodUnknown : Reasons.RouteUnknown);
    }
}
