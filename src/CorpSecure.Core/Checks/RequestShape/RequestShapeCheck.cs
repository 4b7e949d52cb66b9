using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;

namespace CorpSecure.Core.Checks.RequestShape;

/// <summary>The request can be read in one way only.</summary>
public sealed class RequestShapeCheck : ICheck
{
    public Stage Stage => Stage.Shape;

    public Finding Examine(Facts facts, Policy policy)
    {
        var request = facts.Request;
        // The target of CONNECT is an authority, never a path (RFC 9112 section 3.2.3).
        if (!CanonicalTarget.Is(request.Target) || request.Method == "CONNECT")
            return Finding.Deny(Reasons.TargetNotCanonical);
        if (!request.HostKnown)
            return Finding.Deny(Reasons.HostUnknown);
        if (request.ForbiddenHeader is not null)
            return Finding.Deny(Reasons.HeaderForbidden);
        if (request.RepeatedHeader is not null)
            return Finding.Deny(Reasons.HeaderRepeated);
        if (request.TransferCoded)
            return Finding.Deny(Reasons.TransferCoded);
        return request.ContentEncoded ? Finding.Deny(Reasons.ContentEncoded) : Finding.Allow;
    }
}
