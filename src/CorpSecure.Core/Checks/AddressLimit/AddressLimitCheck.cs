using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;

namespace CorpSecure.Core.Checks.AddressLimit;

/// <summary>One address may only ask so much, whoever it claims to be.</summary>
public sealed class AddressLimitCheck : ICheck
{
    public Stage Stage => Stage.Shape;

    public Finding Examine(Facts facts, Policy policy) =>
        facts.Request.AddressLimited ? Finding.Deny(Reasons.AddressLimited) : Finding.Allow;
}
