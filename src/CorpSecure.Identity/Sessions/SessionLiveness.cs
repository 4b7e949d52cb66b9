using CorpSecure.Identity.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CorpSecure.Identity.Sessions;

/// <summary>Introspection calls a token of a session that is over what it is: not active.</summary>
public sealed class SessionLiveness(SessionRegister sessions) : IOpenIddictServerHandler<ValidateTokenContext>
{
    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.EndpointType is not OpenIddictServerEndpointType.Introspection || context.Principal?.GetClaim(TokenClaims.Session) is not { } sid)
            return;
        if (!Guid.TryParse(sid, out var id) || await sessions.FindAsync(id, context.CancellationToken) is null)
            context.Reject(Errors.InvalidToken, "The session of this token is over.");
    }
}
