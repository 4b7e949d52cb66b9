using CorpSecure.Identity.Hosting;
using CorpSecure.Protocol.Dpop;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace CorpSecure.Identity.Dpop;

/// <summary>DPoP (RFC 9449) at the pushed authorization and token endpoints; the list of sessions asks the same judge.</summary>
public static class DpopModule
{
    public static void AddDpop(this OpenIddictServerBuilder server, IdentitySettings settings)
    {
        server.Services.AddSingleton(new DpopReader());
        server.Services.AddSingleton(new DpopNonces(settings.Keys.DpopNonces));
        server.Services.AddScoped<ProofJudge>();
        // Last of the checks: a proof is spent only for a request that is good in all else.
        server.AddEventHandler<ValidatePushedAuthorizationRequestContext>(handler => handler
            .UseScopedHandler<PushedProof>()
            .SetOrder(Authentication.ValidatePushedAuthorizedParty.Descriptor.Order + 2));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler
            .UseScopedHandler<TokenProof>()
            .SetOrder(Exchange.ValidateGrantedScopes.Descriptor.Order + 2));
    }
}
