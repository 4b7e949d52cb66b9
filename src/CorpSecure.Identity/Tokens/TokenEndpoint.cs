using System.Security.Claims;
using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Storage;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CorpSecure.Identity.Tokens;

/// <summary>Client, code, PKCE and redirect are checked by now; here the user is looked at again.</summary>
public sealed class TokenEndpoint(
    IdentityStore store, IOpenIddictApplicationManager applications, TokenClaims claims, ApiScope api, SignInLimits limits, TimeProvider clock)
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
        return SignIn(claims.ForClient(request.ClientId!, facts, request.GetScopes()));
    }

    // Rights may have gone since the code or the last refresh: the user is read anew, and credentials changed
    // meanwhile or a sign-in too old end the grant.
    private async Task<IResult> ForUserAsync(ClaimsPrincipal granted, CancellationToken cancellation)
    {
        var id = granted.GetClaim(Claims.Subject);
        var user = await store.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellation);
        var signedInAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(granted.GetClaim(Claims.AuthenticationTime)!));
        if (user is null || user.SecurityStamp != granted.GetClaim(TokenClaims.Stamp) || clock.GetUtcNow() - signedInAt >= limits.AbsoluteSession)
            return Refuse(Errors.InvalidGrant);
        return SignIn(claims.ForUser(user, granted.GetClaim(TokenClaims.Acr)!, signedInAt, granted.GetScopes()));
    }

    private static IResult SignIn(ClaimsPrincipal principal) =>
        Results.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);

    private static IResult Refuse(string error) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = error }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
