using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CorpSecure.Identity.Dpop;

/// <summary>What became of a proof. Which check it failed is for the log, not for its sender.</summary>
/// <param name="Thumbprint">The proven key; null when there is none.</param>
/// <param name="Error">What to refuse the request with; null when there is nothing to refuse.</param>
public sealed record ProofJudgement(string? Thumbprint, string? Error, string? Description)
{
    public const string InvalidProof = "invalid_dpop_proof";
    public const string UseNonce = "use_dpop_nonce";

    public static ProofJudgement Absent { get; } = new(null, null, null);

    public static ProofJudgement Refused { get; } = new(null, InvalidProof, "The DPoP proof is not acceptable.");

    /// <summary>RFC 9449 section 7.1: it is the token that does not fit.</summary>
    public static ProofJudgement OtherKey { get; } = new(null, Errors.InvalidToken, "The token is bound to another key.");

    public static ProofJudgement NonceWanted { get; } = new(null, UseNonce, "The DPoP proof needs the nonce of this answer.");

    public static ProofJudgement Good(string thumbprint) => new(thumbprint, null, null);
}
