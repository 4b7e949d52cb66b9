namespace CorpSecure.Core.Decisions;

/// <summary>The order in which facts are gathered. A Deny ends it, so a stranger costs little and learns nothing of later facts.</summary>
public enum Stage
{
    Shape,
    Token,
    Limits,
    Signature,
    Entitlement,
    Body,
}
