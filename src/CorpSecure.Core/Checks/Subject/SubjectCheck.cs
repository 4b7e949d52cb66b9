using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;

namespace CorpSecure.Core.Checks.Subject;

/// <summary>The registry knows the user, as this person of this client, and both may act now.</summary>
public sealed class SubjectCheck : ICheck
{
    public Stage Stage => Stage.Entitlement;

    public Finding Examine(Facts facts, Policy policy) => policy.IsPublic(facts) ? Finding.Allow : facts.Subject switch
    {
        { Fresh: false } => Finding.Deny(Reasons.EntitlementsStale),
        null or { Known: false } => Finding.Deny(Reasons.SubjectUnknown),
        { Active: false } => Finding.Deny(Reasons.SubjectSuspended),
        { ClientActive: false } => Finding.Deny(Reasons.ClientSuspended),
        _ => Finding.Allow,
    };
}
