using System.Collections.Immutable;

namespace CorpSecure.Core.Decisions;

/// <summary>Verdict, reasons and the policy they come from.</summary>
/// <param name="Reason">The reason that decides; for a Deny the first one found.</param>
/// <param name="Reasons">All objections, in the order of the checks; empty for Allow.</param>
public sealed record Decision(Verdict Verdict, Reason Reason, ImmutableArray<Reason> Reasons, Stage Reached, string PolicyVersion)
{
    public EnforcementAction Enforcement => EnforcementActions.For(Verdict);

    /// <summary>A later fact turns this decision into a denial; nothing turns a denial into anything else.</summary>
    public Decision Denied(Reason reason) => Verdict == Verdict.Deny
        ? this with { Reasons = Reasons.Add(reason) }
        : this with { Verdict = Verdict.Deny, Reason = reason, Reasons = Reasons.Insert(0, reason) };
}
