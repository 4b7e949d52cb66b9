namespace CorpSecure.Core.Decisions;

/// <summary>One check's contribution. A check that has no objection says so; silence is not consent.</summary>
public sealed record Finding(Verdict Verdict, Reason Reason)
{
    public static readonly Finding Allow = new(Verdict.Allow, Reasons.Allowed);

    public static Finding Deny(Reason reason) => new(Verdict.Deny, reason);

    public static Finding StepUp(Reason reason) => new(Verdict.StepUp, reason);
}
