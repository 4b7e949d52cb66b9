using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace CorpSecure.Identity.Sessions;

/// <summary>The scope of access tokens for the list of sessions. Their audience is the issuer itself.</summary>
public static class SessionScope
{
    public const string Name = "sessions";

    public static void Add(OpenIddictServerBuilder server, IdentitySettings settings)
    {
        var api = new ApiScope(settings.Scope, settings.Audience, settings.Issuer.AbsoluteUri);
        // A refresh that asks for fewer scopes gets fewer audiences too: one token for the API, another for the list.
        server.AddEventHandler<ProcessSignInContext>(handler => handler
            .UseInlineHandler(context =>
            {
                if (context.AccessTokenPrincipal is { } token)
                    token.SetAudiences(api.AudiencesOf(token.GetScopes()));
                return ValueTask.CompletedTask;
            })
            .SetOrder(PrepareAccessTokenPrincipal.Descriptor.Order + 2));
        server.AddEventHandler<ValidateTokenContext>(handler => handler
            .UseScopedHandler<SessionLiveness>()
            .SetOrder(Protection.ValidateAuthorizationEntry.Descriptor.Order + 1));
    }
}
