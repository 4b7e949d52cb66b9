using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace CorpSecure.Identity.Tokens;

/// <summary>Writes the sender constraint into codes, access tokens, refresh tokens and answers. No token leaves without one.</summary>
public static class TokenBinding
{
    private const string Confirmation = "cnf";

    public static void Add(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<ProcessSignInContext>(handler => handler
            .UseInlineHandler(KeepRefreshToken)
            .SetOrder(EvaluateGeneratedTokens.Descriptor.Order + 1));
        server.AddEventHandler<ProcessSignInContext>(handler => handler
            .UseInlineHandler(BindGrant)
            .SetOrder(PrepareAccessTokenPrincipal.Descriptor.Order - 1));
        // The server strips cnf whenever it clones a principal: it is set after all clones are made.
        server.AddEventHandler<ProcessSignInContext>(handler => handler
            .UseInlineHandler(BindAccessToken)
            .SetOrder(PrepareIdentityTokenPrincipal.Descriptor.Order + 2));
        server.AddEventHandler<ProcessSignInContext>(handler => handler
            .UseInlineHandler(Answer)
            .SetOrder(AttachSignInParameters.Descriptor.Order + 2));
        // The server knows no other confirmation than a certificate, and throws at jkt.
        server.AddEventHandler<ValidateTokenContext>(handler => handler
            .UseInlineHandler(LeaveKeysToTheProof)
            .SetOrder(Protection.ValidateProofOfPossession.Descriptor.Order - 1));
    }

    private static ValueTask BindGrant(ProcessSignInContext context)
    {
        var binding = context.EndpointType switch
        {
            OpenIddictServerEndpointType.Authorization => (string?)context.Request[Dpop.PushedProof.KeyParameter] is { } key ? SenderConstraint.DpopKey(key) : null,
            OpenIddictServerEndpointType.Token => Constraint(context),
            _ => null,
        };
        if (binding is not null)
            context.Principal!.SetClaim(SenderConstraint.Claim, binding.ToString());
        return ValueTask.CompletedTask;
    }

    private static ValueTask BindAccessToken(ProcessSignInContext context)
    {
        if (context.AccessTokenPrincipal?.Identity is ClaimsIdentity token)
            token.RemoveClaims(Confirmation).AddClaim(new Claim(Confirmation, Constraint(context).Confirmation, "JSON"));
        return ValueTask.CompletedTask;
    }

    // A bound refresh token is not rotated: a new one would protect no better, and a lost answer would end the session.
    private static ValueTask KeepRefreshToken(ProcessSignInContext context)
    {
        if (context.EndpointType == OpenIddictServerEndpointType.Token && context.Request.IsRefreshTokenGrantType())
            context.GenerateRefreshToken = context.IncludeRefreshToken = false;
        return ValueTask.CompletedTask;
    }

    private static ValueTask Answer(ProcessSignInContext context)
    {
        if (context.EndpointType != OpenIddictServerEndpointType.Token)
            return ValueTask.CompletedTask;
        context.Response.TokenType = Constraint(context).TokenType;
        if (context.Request.IsRefreshTokenGrantType())
            context.Response.RefreshToken = context.Request.RefreshToken; // for clients that expect one in every answer
        return ValueTask.CompletedTask;
    }

    private static ValueTask LeaveKeysToTheProof(ValidateTokenContext context)
    {
        if (context.Principal?.GetClaim(Confirmation) is { } confirmation && !confirmation.Contains("x5t#S256", StringComparison.Ordinal))
            context.DisableProofOfPossessionValidation = true;
        return ValueTask.CompletedTask;
    }

    private static SenderConstraint Constraint(ProcessSignInContext context) =>
        SenderConstraint.Of(context.Transaction) ?? throw new InvalidOperationException("a token without a sender constraint was about to be issued");
}
