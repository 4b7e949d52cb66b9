using CorpSecure.Core.Checks;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;

namespace CorpSecure.Core.Tests.Builders;

internal static class Expectations
{
    public static Finding Examine(this ICheck check, Facts facts) => check.Examine(facts, SamplePolicy.Standard);

    public static void ShouldAllow(this ICheck check, Facts facts) => check.Examine(facts).ShouldBe(Finding.Allow);

    /// <summary>The check refuses, and so does the whole decision, for this reason.</summary>
    public static void ShouldDeny(this ICheck check, Facts facts, Reason reason)
    {
        check.Examine(facts).ShouldBe(Finding.Deny(reason));
        var decision = Decide(facts);
        decision.Verdict.ShouldBe(Verdict.Deny);
        decision.Reason.ShouldBe(reason);
        decision.Enforcement.ShouldBe(EnforcementAction.Refuse);
    }

    public static void ShouldBeNoLooserThan(this Decision decision, Verdict verdict) =>
        (decision.Verdict <= verdict).ShouldBeTrue($"{decision.Verdict} is looser than {verdict}");

    public static Decision Decide(Facts facts) => new DecisionPoint(SamplePolicy.Standard).Decide(facts);
}
