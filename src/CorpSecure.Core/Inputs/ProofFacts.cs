namespace CorpSecure.Core.Inputs;

/// <summary>The proof that the caller holds the key which the token is bound to (RFC 9449), or why it does not count.</summary>
public sealed record ProofFacts
{
    /// <summary>Reason code when there is no good proof; then nothing else here counts.</summary>
    public string? Fault { get; init; }

    /// <summary>Of the key that signed it.</summary>
    public string Thumbprint { get; init; } = "";

    /// <summary>Its <c>jti</c>, accepted once for this key.</summary>
    public string Id { get; init; } = "";

    /// <summary>Its signed time, which every replay repeats.</summary>
    public DateTimeOffset IssuedAt { get; init; }
}
