using System.Text.Json;
using CorpSecure.Identity.Dpop;
using CorpSecure.Identity.Tokens;
using CorpSecure.Protocol.Comparison;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CorpSecure.Identity.Sessions;

/// <summary>Whether whoever presents an access token here holds what it is bound to. An unbound token is nobody's.</summary>
public sealed class TokenHolder(ProofJudge judge)
{
    public const string Bearer = "Bearer";
    public const string Dpop = "DPoP";
    private const string CertificateMember = "x5t#S256";
    private const string KeyMember = "jkt";

    /// <param name="scheme">The scheme the token came under.</param>
    /// <param name="confirmation">The token's <c>cnf</c> (RFC 7800).</param>
    /// <returns>The error to refuse with; null for the holder.</returns>
    public async Task<string?> RefuseAsync(HttpContext http, string scheme, string token, string? confirmation)
    {
        var members = confirmation is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(confirmation)!;
        return (scheme, members.Keys.ToArray()) switch
        {
            (Bearer, [CertificateMember]) => Matches(http, members[CertificateMember]) ? null : Errors.InvalidToken,
            (Dpop, [KeyMember]) => await RefuseProofAsync(http, new BoundToken(token, members[KeyMember])),
            _ => Errors.InvalidToken,
        };
    }

    // RFC 8705 section 3.1
    private static bool Matches(HttpContext http, string thumbprint) =>
        SenderConstraint.CertificateOf(http) is { } shown && ConstantTime.AreEqual(shown, thumbprint);

    private async Task<string?> RefuseProofAsync(HttpContext http, BoundToken token)
    {
        var judgement = await judge.JudgeAsync(http.Request, http.Request.Path.ToUriComponent(), token, http.RequestAborted);
        return judgement == ProofJudgement.Absent ? ProofJudgement.InvalidProof : judgement.Error;
    }
}
