using System.Security.Claims;
using CorpSecure.Identity.Storage;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace CorpSecure.Identity.Tokens;

/// <summary>What FAPI 2.0 and RFC 7523 ask of a client assertion beyond what the server checks by itself.</summary>
public static class ClientAssertionRules
{
    private const string AssertionType = "client-authentication+jwt";
    internal const int LongestJti = 256;

    /// <summary>FAPI 2.0 allows EdDSA too; the library that verifies assertions does not know it.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256];

    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);

    public static void Add(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<ValidateTokenContext>(handler => handler
            .UseInlineHandler(Restrict)
            .SetOrder(Protection.ResolveTokenValidationParameters.Descriptor.Order + 1));
        // Signature, audience and issuer are good by now: what others made up spends nothing.
        server.AddEventHandler<ProcessAuthenticationContext>(handler => handler
            .AddFilter<OpenIddictServerHandlerFilters.RequireClientAssertionPrincipal>()
            .UseScopedHandler<SpendAssertion>()
            .SetOrder(ValidateClientAssertionIssuer.Descriptor.Order + 1));
    }

    /// <summary>A missing <c>typ</c> is accepted, since clients that exist omit it.</summary>
    internal static bool IsType(string? type) => type is null or "" or "JWT" or AssertionType or "application/" + AssertionType;

    // RFC 8725 section 3.1: the algorithm is ours to choose.
    private static ValueTask Restrict(ValidateTokenContext context)
    {
        if (!context.ValidTokenTypes.Contains(TokenTypeIdentifiers.Private.ClientAssertion))
            return ValueTask.CompletedTask;
        if (!ClientAssertionText.IsAcceptable(context.Token, context.Options.Issuer!.AbsoluteUri, context.Request?.ClientId))
        {
            context.Reject(Errors.InvalidClient, "The client assertion is not acceptable.");
            return ValueTask.CompletedTask;
        }

        context.TokenValidationParameters!.ValidAlgorithms = Algorithms;
        context.TokenValidationParameters.TypeValidator = (type, _, _) => IsType(type)
            ? AssertionType
            : throw new SecurityTokenInvalidTypeException("not a client assertion") { InvalidType = type };
        return ValueTask.CompletedTask;
    }

    private sealed class SpendAssertion(IdentityStore store, TimeProvider clock) : IOpenIddictServerHandler<ProcessAuthenticationContext>
    {
        public async ValueTask HandleAsync(ProcessAuthenticationContext context)
        {
            var assertion = context.ClientAssertionPrincipal!;
            var now = clock.GetUtcNow();
            if (Fault(assertion, now) is { } fault)
            {
                context.Reject(Errors.InvalidClient, fault);
                return;
            }

            // Kept a little longer than it could be accepted, so that it is never forgotten too early.
            var until = Time(assertion, Claims.ExpiresAt)!.Value + LongestLife;
            if (!await SpentAssertion.SpendAsync(store, assertion.GetClaim(Claims.Issuer)!, assertion.GetClaim(Claims.JwtId)!, until, context.CancellationToken))
                context.Reject(Errors.InvalidClient, "The client assertion has been used before.");
        }

        private static string? Fault(ClaimsPrincipal assertion, DateTimeOffset now)
        {
            if (assertion.GetClaim(Claims.JwtId) is not { Length: > 0 and <= LongestJti })
                return "The client assertion has no usable jti.";
            if (Time(assertion, Claims.ExpiresAt) is not { } expiry || expiry + Skew <= now)
                return "The client assertion has expired.";
            if (expiry - now > LongestLife + Skew)
                return "The client assertion expires too far in the future.";
            if (Time(assertion, Claims.IssuedAt) - now > Skew || Time(assertion, Claims.NotBefore) - now > Skew)
                return "The client assertion is not valid yet.";
            return null;
        }

        // The server may have mapped a time to its own claim: read whichever is there.
        private static DateTimeOffset? Time(ClaimsPrincipal assertion, string claim)
        {
            if (long.TryParse(assertion.GetClaim(claim), out var seconds))
                return seconds is > 0 and < 253402300800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : DateTimeOffset.MaxValue;
            return claim switch
            {
                Claims.ExpiresAt => assertion.GetExpirationDate(),
                Claims.IssuedAt => assertion.GetCreationDate(),
                _ => null,
            };
        }
    }
}
