namespace CorpSecure.Core.Decisions;

/// <summary>What becomes of the request.</summary>
public enum EnforcementAction
{
    Refuse = 0,
    Challenge,
    Hold,
    Forward,
}

public static class EnforcementActions
{
    public static EnforcementAction For(Verdict verdict) => verdict switch
    {
        Verdict.Deny => EnforcementAction.Refuse,
        Verdict.StepUp => EnforcementAction.Challenge,
        Verdict.Hold => EnforcementAction.Hold,
        Verdict.Allow => EnforcementAction.Forward,
    };
}
