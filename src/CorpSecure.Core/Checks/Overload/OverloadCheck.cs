using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;

namespace CorpSecure.Core.Checks.Overload;

/// <summary>More than can be served at once is turned away while that is still cheap.</summary>
public sealed class OverloadCheck : ICheck
{
    public Stage Stage => Stage.Shape;

    public Finding Examine(Facts facts, Policy policy) =>
        facts.Request.Overloaded ? Finding.Deny(Reasons.Overloaded) : Finding.Allow;
}
