using System.Collections.Immutable;
using System.Security.Claims;
using System.Text.Json;
using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Sessions;
using CorpSecure.Identity.Users;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace CorpSecure.Identity.Tokens;

/// <summary>Which claims go into which token.</summary>
public sealed class TokenClaims(Realm realm, ApiScope api)
{
    public const string Person = "person";
    public const string Client = "client";
    public const string Roles = "roles";
    public const string Acr = Claims.AuthenticationContextReference;
    public const string Amr = Claims.AuthenticationMethodReference;

    /// <summary>The sign-in session.</summary>
    public const string Session = "sid";

    /// <summary>Claims with this prefix stay in codes and refresh tokens and never enter what clients can read.</summary>
    public const string Stamp = "oi_stamp";

    public static void Add(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<ProcessSignInContext>(handler => handler
            .UseInlineHandler(context => Listify(context.AccessTokenPrincipal, Amr, Roles))
            .SetOrder(PrepareAccessTokenPrincipal.Descriptor.Order + 1));
        server.AddEventHandler<ProcessSignInContext>(handler => handler
            .UseInlineHandler(context => Listify(context.IdentityTokenPrincipal, Amr))
            .SetOrder(PrepareIdentityTokenPrincipal.Descriptor.Order + 1));
    }

    public ClaimsPrincipal ForUser(BankUser user, string acr, DateTimeOffset authenticatedAt, Guid session, ImmutableArray<string> scopes)
    {
        var identity = NewIdentity(user.Id, acr, scopes)
            .SetClaim(Person, user.PersonId)
            .SetClaim(Stamp, user.SecurityStamp)
            .SetClaim(Session, session.ToString())
            .SetClaim(Claims.AuthenticationTime, authenticatedAt.ToUnixTimeSeconds())
            .SetClaims(Roles, [.. user.Roles]);
        if (realm == Realm.Corporate)
            identity.SetClaim(Client, user.Client);
        return Complete(identity);
    }

    /// <param name="at">A machine authenticates itself with each request for a token.</param>
    public ClaimsPrincipal ForClient(string clientId, OAuthClientFacts facts, DateTimeOffset at, ImmutableArray<string> scopes)
    {
        var identity = NewIdentity(facts.Subject ?? clientId, Sessions.Acr.Client, scopes)
            .SetClaim(Person, facts.Person)
            .SetClaim(Claims.AuthenticationTime, at.ToUnixTimeSeconds())
            .SetClaims(Roles, [.. facts.Roles]);
        if (realm == Realm.Corporate)
            identity.SetClaim(Client, facts.Client);
        return Complete(identity);
    }

    private ClaimsIdentity NewIdentity(string subject, string acr, ImmutableArray<string> scopes)
    {
        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Roles)
            .SetClaim(Claims.Subject, subject)
            .SetClaim(Acr, acr)
            .SetClaims(Amr, [.. Sessions.Acr.MethodsOf(acr)]);
        identity.SetScopes(scopes);
        identity.SetResources(api.AudiencesOf(scopes));
        return identity;
    }

    private static ClaimsPrincipal Complete(ClaimsIdentity identity)
    {
        identity.SetDestinations(static claim => claim.Type switch
        {
            Claims.Subject or Acr or Amr or Claims.AuthenticationTime => [Destinations.AccessToken, Destinations.IdentityToken],
            Person or Client or Roles or Session => [Destinations.AccessToken],
            _ => [],
        });
        return new ClaimsPrincipal(identity);
    }

    // One value would be written as a plain string; readers are promised an array.
    private static ValueTask Listify(ClaimsPrincipal? principal, params string[] types)
    {
        if (principal?.Identity is not ClaimsIdentity identity)
            return ValueTask.CompletedTask;
        foreach (var type in types)
        {
            var values = principal.GetClaims(type);
            foreach (var claim in identity.FindAll(type).ToArray())
                identity.RemoveClaim(claim);
            if (values.Length > 0 || type == Amr)
                identity.AddClaim(new Claim(type, JsonSerializer.Serialize(values), "JSON_ARRAY"));
        }

        return ValueTask.CompletedTask;
    }
}

/// <param name="Scope">Asks for the audience.</param>
/// <param name="Issuer">The audience of what the server itself offers.</param>
public sealed record ApiScope(string Scope, string Audience, string Issuer)
{
    public ImmutableArray<string> AudiencesOf(ImmutableArray<string> scopes) =>
        [.. scopes.Contains(Scope) ? new[] { Audience } : [], .. scopes.Contains(SessionScope.Name) ? new[] { Issuer } : []];
}
