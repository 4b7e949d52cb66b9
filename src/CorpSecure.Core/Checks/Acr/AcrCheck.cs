using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;

namespace CorpSecure.Core.Checks.Acr;

/// <summary>The sign-in is strong and recent enough for this route.</summary>
public sealed class AcrCheck : ICheck
{
    public Stage Stage => Stage.Token;

    public Finding Examine(Facts facts, Policy policy)
    {
        if (facts.Token is not { Fault: null } token)
            return Finding.Allow; // the token check has objected
        var route = policy.Route(facts);
        if (!route.Acr.Contains(token.Acr))
            return Finding.StepUp(Reasons.StrongerAuthentication);
        return facts.At - token.AuthTime > route.MaximumAge ? Finding.StepUp(Reasons.AuthenticationTooOld) : Finding.Allow;
    }
}
