using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;

namespace CorpSecure.Gateway.Tokens;

/// <summary>What stays true of a token for as long as it lives.</summary>
/// <param name="Facts">With a fault when it is not valid.</param>
/// <param name="Standing">Whether its issuer still stands by it; null where that is not asked of the issuer.</param>
public sealed record VerifiedToken(TokenFacts Facts, TokenBinding Binding, Issuers.TokenStanding? Standing = null)
{
    public static VerifiedToken Of(Reason fault) => new(TokenVerifier.Fault(fault), TokenBinding.None);
}
