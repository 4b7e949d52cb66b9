using System.Security.Claims;
using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CorpSecure.Identity.Sessions;

/// <summary>Access tokens that come back to their issuer: checked as any resource server would, against the own store.</summary>
public sealed class OwnTokens(
    IOpenIddictServerFactory transactions, IOpenIddictServerDispatcher dispatcher, SessionRegister sessions, TokenHolder holder, IdentitySettings settings)
{
    private const string Confirmation = "cnf";
    public const string InsufficientScope = Errors.InsufficientScope;

    /// <returns>The session that the token belongs to, or why it opens nothing.</returns>
    public async Task<(ActiveSession? Session, string? Error)> ReadAsync(HttpContext http)
    {
        if (Credentials(http.Request) is not var (scheme, token))
            return (null, Errors.MissingToken);
        var principal = await ValidateAsync(token);
        if (principal is null)
            return (null, Errors.InvalidToken);
        if (await holder.RefuseAsync(http, scheme, token, principal.GetClaim(Confirmation)) is { } refusal)
            return (null, refusal);
        if (!principal.HasScope(SessionScope.Name))
            return (null, InsufficientScope);
        var active = Guid.TryParse(principal.GetClaim(TokenClaims.Session), out var sid) ? await sessions.UseAsync(sid, http.RequestAborted) : null;
        return active is not null && active.User.Id == principal.GetClaim(Claims.Subject) ? (active, null) : (null, Errors.InvalidToken);
    }

    // RFC 6750 knows more places for a token; this one is enough, and none of the others keeps it out of logs.
    private static (string Scheme, string Token)? Credentials(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ Length: < 16 * 1024 } header] || header.Split(' ') is not [var scheme, { Length: > 0 } token])
            return null;
        return scheme.ToUpperInvariant() switch
        {
            "BEARER" => (TokenHolder.Bearer, token),
            "DPOP" => (TokenHolder.Dpop, token),
            _ => null,
        };
    }

    private async Task<ClaimsPrincipal?> ValidateAsync(string token)
    {
        var validation = new ValidateTokenContext(await transactions.CreateTransactionAsync())
        {
            Token = token,
            TokenFormat = TokenFormats.Private.JsonWebToken,
            DisablePresenterValidation = true,
            DisableProofOfPossessionValidation = true, // the sender is checked here, with the request at hand
            ValidAudiences = { settings.Issuer.AbsoluteUri },
            ValidTokenTypes = { TokenTypeIdentifiers.AccessToken },
        };
        await dispatcher.DispatchAsync(validation);
        return validation.IsRejected ? null : validation.Principal;
    }
}
