using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;

namespace CorpSecure.Core.Checks.Body;

/// <summary>The whole body, well formed, and the one the digest names.</summary>
public sealed class BodyCheck : ICheck
{
    public Stage Stage => Stage.Body;

    public Finding Examine(Facts facts, Policy policy)
    {
        if (facts.Body is { } body)
            return body.Fault is { } fault ? Finding.Deny(Reasons.Of(fault)) : Finding.Allow;
        return policy.Route(facts).Body is null ? Finding.Allow : Finding.Deny(Reasons.BodyMissing);
    }
}
