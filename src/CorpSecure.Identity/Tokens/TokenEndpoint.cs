using System.Security.Claims;
using CorpSecure.Identity.Sessions;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CorpSecure.Identity.Tokens;

/// <summary>Client, code, PKCE and redirect are checked by now; here the user is looked at again.</summary>
public sealed class TokenEndpoint(
    SessionRegister sessions, IOpenIddictApplicationManager applications, TokenClaims claims, ApiScope api)
{
    public const string Path = "/connect/token";

    public static Task<IResult> HandleAsync(HttpContext http, TokenEndpoint endpoint) => endpoint.ExchangeAsync(http);

    private async Task<IResult> ExchangeAsync(HttpContext http)
    {
        var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("not a token request");
        if (request.IsClientCredentialsGrantType())
            return await ForClientAsync(request, http.RequestAborted);

        var granted = (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal;
        return granted is null ? Refuse(Errors.InvalidGrant) : await ForUserAsync(granted, http.RequestAborted);
    }

    private async Task<IResult> ForClientAsync(OpenIddictRequest request, CancellationToken cancellation)
    {
        if (!request.HasScope(api.Scope))
            return Refuse(Errors.InvalidScope);
        var application = await applications.FindByClientIdAsync(request.ClientId!, cancellation) ?? throw new InvalidOperationException("the client is gone");
        var facts = OAuthClientFacts.Of(await applications.GetPropertiesAsync(application, cancellation));
        return SignIn(claims.ForClient(request.ClientId!, facts, clock.GetUtcNow(), request.GetScopes()));
    }

    // Rights may have gone since the code or the last refresh: session and user are read anew, and credentials changed
    // meanwhile or a session that is over end the grant.
    private async Task<IResult> ForUserAsync(ClaimsPrincipal granted, CancellationToken cancellation)
    {
        var active = Guid.TryParse(granted.GetClaim(TokenClaims.Session), out var sid) ? await sessions.UseAsync(sid, cancellation) : null;
        if (active is null || active.User.Id != granted.GetClaim(Claims.Subject) || active.User.SecurityStamp != granted.GetClaim(TokenClaims.Stamp))
            return Refuse(Errors.InvalidGrant);
        var signedInAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(granted.GetClaim(Claims.AuthenticationTime)!));
        return SignIn(claims.ForUser(active.User, granted.GetClaim(TokenClaims.Acr)!, signedInAt, sid, granted.GetScopes()));
    }

    private static IResult SignIn(ClaimsPrincipal principal) =>
        Results.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);

    private static IResult Refuse(string error) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = error }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
