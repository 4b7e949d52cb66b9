using CorpSecure.Identity.Audit;
using CorpSecure.Identity.Storage;
using CorpSecure.Ledger;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace CorpSecure.Identity.Tokens;

/// <summary>A token leaves only after its entry is durable; otherwise the answer is <c>temporarily_unavailable</c>, 503.</summary>
public sealed class TokenAudit(SignInLedger ledger, IdentityStore store, IHttpContextAccessor http) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static void Add(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<ProcessSignInContext>(handler => handler
            .UseScopedHandler<TokenAudit>()
            .SetOrder(AttachSignInParameters.Descriptor.Order + 1));
    }

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType is not OpenIddictServerEndpointType.Token || context.AccessTokenPrincipal is not { } token)
            return;
        var subject = token.GetClaim(Claims.Subject);
        var acr = token.GetClaim(TokenClaims.Acr)!;
        try
        {
            await ledger.AppendAsync(
                SignInEvent.TokenIssued(context.Request.ClientId!) with
                {
                    User = await store.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == subject, context.CancellationToken),
                    Client = token.GetClaim(TokenClaims.Client),
                    Acr = acr,
                    Amr = Sessions.Acr.MethodsOf(acr),
                    Reason = context.Request.GrantType,
                    Address = http.HttpContext?.Connection.RemoteIpAddress,
                },
                context.CancellationToken);
        }
        catch (LedgerUnavailableException)
        {
            context.Reject(Errors.TemporarilyUnavailable, "Try again later.");
        }
    }
}
