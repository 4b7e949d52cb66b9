namespace CorpSecure.Identity.Dpop;

/// <summary>An access token that a proof comes with, and the key it is for (RFC 9449 section 7).</summary>
/// <param name="Thumbprint">The token's <c>jkt</c>.</param>
public sealed record BoundToken(string Text, string Thumbprint)
{
    public override string ToString() => $"{nameof(BoundToken)} of {Thumbprint}"; // whoever reads a log is not to hold the token
}
