using System.Security.Cryptography;
using System.Text;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Registry;
using Microsoft.Extensions.Primitives;

namespace CorpSecure.Gateway.Tokens;

/// <summary>A token's signature is verified once; its time, revocation and binding on every request.</summary>
public sealed class TokenVerifier(TokenIssuers issuers, TokenCache cache, RegistryFeed registry)
{
    private const int Longest = 8 * 1024;
    private const string Bearer = "Bearer ";

    /// <returns>Null when the request carries no token at all.</returns>
    public async ValueTask<TokenFacts?> VerifyAsync(HttpContext context, Listener listener)
    {
        if (context.Request.Headers.Authorization is not [{ } header])
            return null;
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) || header.Length > Longest)
            return Fault(Reasons.TokenMalformed);
        var token = header[Bearer.Length..];
        var hash = TokenHash.Of(listener, token);
        if (!cache.TryGet(hash, out var verified))
        {
            verified = await issuers.For(listener).VerifyAsync(token);
            if (verified.Facts.Fault is null)
                cache.Add(hash, verified);
        }

        return verified.Facts.Fault is not null
            ? verified.Facts
            : verified.Facts with
            {
                BindingHolds = verified.Binding.HoldsFor(context.Connection.ClientCertificate),
                Revoked = registry.Current.IsRevoked(listener, verified.Facts),
            };
    }

    internal static TokenFacts Fault(Reason reason) => new() { Fault = reason.Code };
}
