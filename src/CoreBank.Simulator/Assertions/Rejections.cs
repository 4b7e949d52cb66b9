namespace CoreBank.Simulator.Assertions;

/// <summary>Why an assertion was refused: for the call log. The caller learns only that it was.</summary>
public static class Rejections
{
    public const string Missing = "assertion.missing";
    public const string Repeated = "assertion.repeated";
    public const string Malformed = "assertion.malformed";
    public const string Algorithm = "assertion.algorithm";
    public const string Type = "assertion.type";
    public const string Signature = "assertion.signature";
    public const string Issuer = "assertion.issuer";
    public const string Audience = "assertion.audience";
    public const string Lifetime = "assertion.lifetime";
    public const string NotYetValid = "assertion.not-yet-valid";
    public const string Expired = "assertion.expired";
    public const string Method = "assertion.method";
    public const string Target = "assertion.target";
    public const string Body = "assertion.body";
    public const string Claims = "assertion.claims";
    public const string Replayed = "assertion.replayed";
    public const string UnknownClient = "client.unknown";
    public const string BodyUnreadable = "body.unreadable";
}
