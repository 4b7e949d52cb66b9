using System.Security.Claims;
using System.Text.Json;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace CorpSecure.Identity.Consent;

/// <summary>Payments that a person approves before a token for them exists (RFC 9396).</summary>
public static class ConsentModule
{
    public static void AddConsent(this OpenIddictServerBuilder server)
    {
        server.Services.AddSingleton<ConsentMarks>();
        server.Services.AddSingleton<ConsentGate>();
        server.AddEventHandler<ValidatePushedAuthorizationRequestContext>(handler => handler
            .UseInlineHandler(ReadPushed)
            .SetOrder(Authentication.ValidatePushedAuthorizedParty.Descriptor.Order + 1));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler
            .UseInlineHandler(RefuseUnseen)
            .SetOrder(Exchange.ValidateGrantedScopes.Descriptor.Order + 1));
        server.AddEventHandler<ProcessSignInContext>(handler => handler
            .UseInlineHandler(WriteToken)
            .SetOrder(PrepareIdentityTokenPrincipal.Descriptor.Order + 3));
        server.AddEventHandler<ProcessSignInContext>(handler => handler
            .UseInlineHandler(WriteAnswer)
            .SetOrder(AttachSignInParameters.Descriptor.Order + 3));
    }

    private static ValueTask ReadPushed(ValidatePushedAuthorizationRequestContext context)
    {
        if (context.Request[AuthorizationDetails.Parameter] is not { } told)
            return ValueTask.CompletedTask;
        if (AuthorizationDetails.Read((string?)told) is { } payments)
            context.Request[AuthorizationDetails.Parameter] = AuthorizationDetails.Write(payments);
        else
            context.Reject(AuthorizationDetails.Invalid, "The authorization_details are not acceptable.");
        return ValueTask.CompletedTask;
    }

    // Nobody has seen what comes with a token request, so it can ask for nothing.
    private static ValueTask RefuseUnseen(ValidateTokenRequestContext context)
    {
        if (context.Request[AuthorizationDetails.Parameter] is not null)
            context.Reject(AuthorizationDetails.Invalid, "The authorization_details belong to the pushed authorization request.");
        return ValueTask.CompletedTask;
    }

    private static ValueTask WriteToken(ProcessSignInContext context)
    {
        if (context.AccessTokenPrincipal?.Identity is ClaimsIdentity token && Granted(context) is { } details)
            token.AddClaim(new Claim(AuthorizationDetails.Parameter, details, "JSON_ARRAY"));
        return ValueTask.CompletedTask;
    }

    private static ValueTask WriteAnswer(ProcessSignInContext context)
    {
        if (context.EndpointType == OpenIddictServerEndpointType.Token && Granted(context) is { } details)
            context.Response[AuthorizationDetails.Parameter] = JsonSerializer.Deserialize<JsonElement>(details);
        return ValueTask.CompletedTask;
    }

    private static string? Granted(ProcessSignInContext context) => context.Principal?.GetClaim(AuthorizationDetails.Claim);
}
