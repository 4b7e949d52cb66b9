using CorpSecure.Identity.Consent;
using CorpSecure.Identity.Sessions;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CorpSecure.Identity.Tokens;

/// <summary>OpenIddict has checked the request; here it is decided whether the session satisfies it.</summary>
public static class AuthorizeEndpoint
{
    public const string Path = "/connect/authorize";

    public static async Task<IResult> HandleAsync(HttpContext http, Interactions interactions, ConsentGate consent, TokenClaims claims, ApiScope api, TimeProvider clock)
    {
        var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("not an authorization request");
        if (!request.HasScope(api.Scope))
            return Refuse(Errors.InvalidScope, $"The scope must contain {api.Scope}.");

        var active = await SessionCookie.ReadAsync(http);
        if (active is not null && Satisfies(active.Session, request, interactions.FirstSeen(http.Request), clock.GetUtcNow()))
        {
            if (Unapproved(consent.Judge(http.Request, request, active.Session), request, interactions.ReturnUrl(http.Request)) is { } answer)
                return answer;
            var principal = claims.ForUser(active.User, active.Session.Acr, active.Session.StartedAt, active.Session.Id, request.GetScopes());
            AuthorizationDetails.Grant(principal, request);
            return Results.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        }

        return request.HasPromptValue(PromptValues.None)
            ? Refuse(Errors.LoginRequired, "The user must sign in.")
            : Results.Redirect($"/sign-in?returnUrl={Uri.EscapeDataString(interactions.ReturnUrl(http.Request))}");
    }

    private static IResult? Unapproved(ConsentState state, OpenIddictRequest request, string returnUrl) => state switch
    {
        ConsentState.Given or ConsentState.NotNeeded => null,
        ConsentState.Missing when !request.HasPromptValue(PromptValues.None) => Results.Redirect($"/consent?returnUrl={Uri.EscapeDataString(returnUrl)}"),
        ConsentState.Missing => Refuse(Errors.ConsentRequired, "The user must approve."),
        ConsentState.Refused => Refuse(Errors.AccessDenied, "The user has refused."),
    };

    private static bool Satisfies(SignInSession session, OpenIddictRequest request, DateTimeOffset? firstSeen, DateTimeOffset now)
    {
        if (!Acr.Suffices(session.Acr, AssuranceDemand.Of(request)))
            return false;
        if (firstSeen is { } seen && session.StartedAt >= seen)
            return true; // signed in for this very request
        if (request.HasPromptValue(PromptValues.Login))
            return false;
        return request.MaxAge is not { } age || now - session.StartedAt < TimeSpan.FromSeconds(Math.Min(age, int.MaxValue));
    }

    private static IResult Refuse(string error, string description) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
