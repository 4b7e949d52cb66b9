using CorpSecure.Identity.Audit;
using CorpSecure.Identity.Storage;
using CorpSecure.Identity.Tokens;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CorpSecure.Identity.Revocation;

/// <summary>
/// Records a revocation before it takes effect, and lets a revoked refresh token take its whole authorization with it:
/// on its own it would leave the access tokens it gave alive (RFC 7009 section 2.1).
/// </summary>
public sealed class RevokeGrant(
    IOpenIddictTokenManager tokens, IOpenIddictAuthorizationManager authorizations, IdentityStore store, SignInLedger ledger)
    : IOpenIddictServerHandler<HandleRevocationRequestContext>
{
    public async ValueTask HandleAsync(HandleRevocationRequestContext context)
    {
        if (context.GenericTokenPrincipal is not { } token)
            return;
        await RecordAsync(context);
        if (!token.HasTokenType(TokenTypeIdentifiers.RefreshToken) || token.GetAuthorizationId() is not { } id)
            return;
        await tokens.RevokeByAuthorizationIdAsync(id, context.CancellationToken);
        if (await authorizations.FindByIdAsync(id, context.CancellationToken) is { } authorization && !await authorizations.TryRevokeAsync(authorization, context.CancellationToken))
            context.Reject(Errors.ServerError, "The authorization could not be revoked.");
    }

    private async Task RecordAsync(HandleRevocationRequestContext context)
    {
        var token = context.GenericTokenPrincipal!;
        var subject = token.GetClaim(Claims.Subject);
        await ledger.AppendAsync(
            SignInEvent.TokenRevoked(context.Request.ClientId ?? token.GetPresenters()[0]) with
            {
                User = await store.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == subject, context.CancellationToken),
                Client = token.GetClaim(TokenClaims.Client),
                Session = Guid.TryParse(token.GetClaim(TokenClaims.Session), out var session) ? session : null,
                Reason = token.HasTokenType(TokenTypeIdentifiers.RefreshToken) ? "token.refresh" : "token.access",
            },
            context.CancellationToken);
    }
}
