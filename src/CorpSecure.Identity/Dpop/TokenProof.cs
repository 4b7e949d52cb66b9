using System.Security.Claims;
using CorpSecure.Identity.Tokens;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CorpSecure.Identity.Dpop;

/// <summary>
/// Every token is for a proven key or a client certificate, and a code or refresh token only for the one it was given to.
/// Judged before anything is redeemed: a client that must repeat its request, with a nonce, keeps its code.
/// </summary>
public sealed class TokenProof(ProofJudge judge) : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        var judgement = await judge.JudgeAsync(context.Transaction.GetHttpRequest()!, TokenEndpoint.Path, used: null, context.CancellationToken);
        if (judgement.Error is { } error)
        {
            context.Reject(error, judgement.Description);
            return;
        }

        if (judgement.Thumbprint is { } thumbprint)
            SenderConstraint.Prove(context.Transaction, thumbprint);
        if (SenderConstraint.Of(context.Transaction) is not { } constraint)
            context.Reject(ProofJudgement.InvalidProof, "A DPoP proof or a client certificate is required.");
        else if (!IsFor(context.AuthorizationCodePrincipal, constraint, unbound: true) || !IsFor(context.RefreshTokenPrincipal, constraint, unbound: false))
            context.Reject(Errors.InvalidGrant, "The grant is bound to another key.");
    }

    /// <param name="unbound">Whether it may be free: a code is when its request named no key, a refresh token never.</param>
    private static bool IsFor(ClaimsPrincipal? grant, SenderConstraint constraint, bool unbound)
    {
        if (grant is null)
            return true;
        return grant.GetClaim(SenderConstraint.Claim) is { } bound ? bound == constraint.ToString() : unbound;
    }
}
