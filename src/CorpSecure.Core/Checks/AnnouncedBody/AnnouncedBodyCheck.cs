using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;

namespace CorpSecure.Core.Checks.AnnouncedBody;

/// <summary>What the headers say of the body, before any of it is read.</summary>
public sealed class AnnouncedBodyCheck : ICheck
{
    public Stage Stage => Stage.Shape;

    public Finding Examine(Facts facts, Policy policy)
    {
        if (policy.FindRoute(facts) is not { } route)
            return Finding.Allow; // the route check has objected
        var request = facts.Request;
        return route.Body switch
        {
            null when request.HasBody => Finding.Deny(Reasons.BodyUnexpected),
            null => Finding.Allow,
            _ when !request.HasBody => Finding.Deny(Reasons.BodyMissing),
            { } body when request.ContentLength > body.Limit => Finding.Deny(Reasons.BodyTooLarge),
            { } body when !body.ContentTypes.Contains(request.ContentType ?? "") => Finding.Deny(Reasons.ContentTypeUnknown),
            _ => Finding.Allow,
        };
    }
}
