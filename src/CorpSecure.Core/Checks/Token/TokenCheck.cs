using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;

namespace CorpSecure.Core.Checks.Token;

/// <summary>A valid token of this door, still unrevoked and with its rightful sender.</summary>
public sealed class TokenCheck : ICheck
{
    public Stage Stage => Stage.Token;

    public Finding Examine(Facts facts, Policy policy)
    {
        if (policy.IsPublic(facts))
            return Finding.Allow;
        if (facts.Token is not { } token)
            return Finding.Deny(Reasons.TokenMissing);
        if (token.Fault is { } fault)
            return Finding.Deny(Reasons.Of(fault));
        if (facts.At >= token.ExpiresAt)
            return Finding.Deny(Reasons.TokenExpired);
        if (token.Revoked)
            return Finding.Deny(Reasons.TokenRevoked);
        if (token.Unbound)
            return Finding.Deny(Reasons.TokenUnbound);
        if (!token.BindingHolds)
            return Finding.Deny(Reasons.TokenBinding);
        return token.SenderFault is { } senders ? Finding.Deny(Reasons.Of(senders)) : Finding.Allow;
    }
}
