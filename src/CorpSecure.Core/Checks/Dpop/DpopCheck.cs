using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;

namespace CorpSecure.Core.Checks.Dpop;

/// <summary>Whoever sends a token that is bound to a key proves, for this very request, to hold the key.</summary>
public sealed class DpopCheck : ICheck
{
    public Stage Stage => Stage.Token;

    public Finding Examine(Facts facts, Policy policy)
    {
        if (facts.Token is not { KeyBound: true } token || !token.IsGood(facts.At))
            return Finding.Allow; // no proof is owed, or the token check has objected
        if (facts.Proof is not { } proof)
            return Finding.Deny(Reasons.DpopMissing);
        return proof.Fault is { } fault ? Finding.Deny(Reasons.Of(fault)) : Finding.Allow;
    }
}
