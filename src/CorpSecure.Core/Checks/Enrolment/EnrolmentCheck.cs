using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;

namespace CorpSecure.Core.Checks.Enrolment;

/// <summary>A key is registered once, for one person, who has shown to hold it.</summary>
public sealed class EnrolmentCheck : ICheck
{
    /// <summary>Enough for every device of a person; each registration is read by every replica.</summary>
    public const int MostKeys = 10;

    public Stage Stage => Stage.Body;

    public Finding Examine(Facts facts, Policy policy)
    {
        if (!policy.Route(facts).Enrolment || facts.Body is not { Fault: null })
            return Finding.Allow; // nothing to enrol, or the body check has objected
        if (facts.Enrolment is not { } enrolment)
            return Finding.Deny(Reasons.SignatureInvalid);
        if (enrolment.Fault is { } fault)
            return Finding.Deny(Reasons.Of(fault));
        if (enrolment.Registered)
            return Finding.Deny(Reasons.KeyRegistered);
        return enrolment.KeysHeld >= MostKeys ? Finding.Deny(Reasons.KeyTooMany) : Finding.Allow;
    }
}
