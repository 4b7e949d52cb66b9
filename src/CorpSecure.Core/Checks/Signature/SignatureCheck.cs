using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;

namespace CorpSecure.Core.Checks.Signature;

/// <summary>A signed route takes nothing unsigned; a signature that is there must be good wherever it stands.</summary>
public sealed class SignatureCheck : ICheck
{
    public Stage Stage => Stage.Signature;

    public Finding Examine(Facts facts, Policy policy)
    {
        if (facts.Signature is { } signature)
            return signature.Fault is { } fault ? Finding.Deny(Reasons.Of(fault)) : Finding.Allow;
        return policy.Route(facts) is { Signed: true } or { Enrolment: true } ? Finding.Deny(Reasons.SignatureMissing) : Finding.Allow;
    }
}
