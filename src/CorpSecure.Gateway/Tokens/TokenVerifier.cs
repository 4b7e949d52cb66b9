using System.Security.Cryptography.X509Certificates;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Certificates;
using CorpSecure.Gateway.Dpop;
using CorpSecure.Gateway.Enforcement;
using CorpSecure.Gateway.Registry;

namespace CorpSecure.Gateway.Tokens;

/// <summary>A token's signature is verified once; its time, revocation and binding on every request. Nothing here asks the database.</summary>
public sealed class TokenVerifier(TokenIssuers issuers, TokenCache cache, RegistryFeed registry, ProofReader proofs, ClientCertificates certificates)
{
    private const int Longest = 8 * 1024;
    private const string Bearer = "Bearer ";
    private const string Dpop = "DPoP ";

    /// <returns>No token when the request carries none; no proof when none is owed, or the token is not good.</returns>
    public async ValueTask<(TokenFacts? Token, ProofFacts? Proof)> VerifyAsync(Exchange exchange)
    {
        var context = exchange.Context;
        if (context.Request.Headers.Authorization is not [{ } header])
            return (null, null);
        var scheme = header.StartsWith(Dpop, StringComparison.OrdinalIgnoreCase) ? Dpop : Bearer;
        if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) || header.Length > Longest)
            return (Fault(Reasons.TokenMalformed), null);
        var token = header[scheme.Length..];
        var verified = await FindAsync(exchange.Listener, token);
        if (verified.Facts.Fault is not null)
            return (verified.Facts, null);

        var standing = verified.Standing is { } asked ? await asked.IsActiveAsync() : true;
        if (standing is null)
            return (Fault(Reasons.TokenUnverifiable), null);
        var certificate = context.Connection.ClientCertificate;
        var facts = verified.Facts with
        {
            BindingHolds = Holds(verified.Binding, scheme, certificate),
            SenderFault = verified.Binding.Kind == BindingKind.Certificate ? FaultOf(certificate, exchange) : null,
            Revoked = standing is false || registry.IsRevoked(exchange.Listener, verified.Facts),
        };
        if (!facts.KeyBound || !facts.IsGood(exchange.Facts.At))
            return (facts, null);
        var proof = proofs.Read(exchange, token, verified.Binding.Thumbprint, out var isOther);
        return isOther ? (facts with { BindingHolds = false }, null) : (facts, proof);
    }

    internal static TokenFacts Fault(Reason reason) => new() { Fault = reason.Code };

    private async ValueTask<VerifiedToken> FindAsync(Listener listener, string token)
    {
        var hash = TokenHash.Of(listener, token);
        if (cache.TryGet(hash, out var known))
            return known;
        var verified = await issuers.VerifyAsync(listener, token);
        if (verified.Facts.Fault is null)
            cache.Add(hash, verified);
        return verified;
    }

    /// <summary>A token that is bound to a key is nothing without its proof, so it is not taken as a bearer's (RFC 9449 section 7.2); whose proof it is, is read next.</summary>
    private static bool Holds(TokenBinding binding, string scheme, X509Certificate2? certificate) => binding.Kind switch
    {
        BindingKind.Key => scheme == Dpop,
        BindingKind.Certificate => scheme == Bearer && binding.HoldsFor(certificate),
        BindingKind.None => true, // refused for being bound to nobody
        BindingKind.Unknown => false,
    };

    private string? FaultOf(X509Certificate2? certificate, Exchange exchange) =>
        certificate is null ? null : certificates.FaultOf(certificate, exchange.Listener, exchange.Facts.At)?.Code;
}
