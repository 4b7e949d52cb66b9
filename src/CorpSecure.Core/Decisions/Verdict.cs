namespace CorpSecure.Core.Decisions;

/// <summary>Ordered from the strictest; the default denies.</summary>
public enum Verdict
{
    Deny = 0,
    StepUp,
    Hold,
    Allow,
}
