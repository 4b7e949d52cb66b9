namespace CorpSecure.Core.Decisions;

/// <summary>What becomes of the request.</summary>
public enum Enforcement
{
    Refuse = 0,
    Challenge,
    Hold,
    Forward,
}

public static class Enforcements
{
    public static Enforcement For(Verdict verdict) => verdict switch
    {
        Verdict.Deny => Enforcement.Refuse,
        Verdict.StepUp => Enforcement.Challenge,
        Verdict.Hold => Enforcement.Hold,
        Verdict.Allow => Enforcement.Forward,
    };
}
