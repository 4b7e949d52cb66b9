using CorpSecure.Identity.Sessions;
using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace CorpSecure.Identity.PushedRequests;

/// <summary>Pushed authorization requests (RFC 9126), the only way in: what a browser carries is a reference.</summary>
public static class PushedRequestsModule
{
    public const string Path = "/connect/par";
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(90);

    public static void AddPushedRequests(this OpenIddictServerBuilder server)
    {
        server.Services.AddScoped<PushedRequestReader>();
        server.SetPushedAuthorizationEndpointUris(Path.TrimStart('/')).RequirePushedAuthorizationRequests();
        server.Configure(options => options.RequestTokenLifetime = Lifetime);
        server.AddEventHandler<ValidatePushedAuthorizationRequestContext>(handler => handler
            .UseInlineHandler(RequireRedirect)
            .SetOrder(Authentication.ValidatePushedAuthorizedParty.Descriptor.Order - 1));
        server.AddEventHandler<ValidateTokenContext>(handler => handler
            .UseSingletonHandler<LastingInteraction>()
            .SetOrder(Protection.ResolveTokenValidationParameters.Descriptor.Order + 2));
        server.AddEventHandler<ProcessChallengeContext>(handler => handler
            .UseScopedHandler<SpendRefusedRequest>()
            .SetOrder(AttachCustomChallengeParameters.Descriptor.Order + 1));
    }

    // FAPI 2.0 section 5.3.2.2: even where only one is registered.
    private static ValueTask RequireRedirect(ValidatePushedAuthorizationRequestContext context)
    {
        if (string.IsNullOrEmpty(context.Request.RedirectUri))
            context.Reject(Errors.InvalidRequest, "The redirect_uri is missing.");
        return ValueTask.CompletedTask;
    }

    /// <summary>The reference must be presented in time; the person may then take as long as an interaction lasts.</summary>
    private sealed class LastingInteraction(Interactions interactions) : IOpenIddictServerHandler<ValidateTokenContext>
    {
        public ValueTask HandleAsync(ValidateTokenContext context)
        {
            if (context.EndpointType == OpenIddictServerEndpointType.Authorization
                && context.ValidTokenTypes.Contains(TokenTypeIdentifiers.Private.RequestToken)
                && context.Transaction.GetHttpRequest() is { } request && interactions.FirstSeen(request) is not null)
                context.DisableLifetimeValidation = true;
            return ValueTask.CompletedTask;
        }
    }
}
