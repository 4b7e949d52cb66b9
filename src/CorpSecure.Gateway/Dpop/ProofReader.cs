using CorpSecure.Core.Checks.RequestShape;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Enforcement;
using CorpSecure.Gateway.Requests;
using CorpSecure.Protocol.Dpop;

namespace CorpSecure.Gateway.Dpop;

/// <summary>The proof of a request whose token is bound to a key: RFC 9449 section 4.3, but for the <c>jti</c>, which the decision's commit spends.</summary>
public sealed class ProofReader(DpopReader reader, DpopNonces nonces, ExternalOrigins origins, DpopSection settings)
{
    /// <param name="thumbprint">Of the key that the token is bound to.</param>
    /// <param name="isOther">The proof is good, and by another key: then the token is not the sender's.</param>
    public ProofFacts Read(Exchange exchange, string token, string thumbprint, out bool isOther)
    {
        isOther = false;
        if (exchange.Context.Request.Headers[CorpSecureHeaders.Dpop] is not [{ } text]) // 1. two of them were refused as a request's shape
            return new ProofFacts { Fault = Reasons.DpopMissing.Code };
        var request = exchange.Facts.Request;
        var reading = reader.Read(text);
        var expected = new DpopExpectation(request.Method, string.Concat(origins.Origin(exchange.Listener), CanonicalTarget.Path(request.Target)), exchange.Facts.At)
        {
            AccessToken = token,
            Thumbprint = thumbprint,
            MaximumAge = settings.MaximumAge,
        };
        var fault = DpopRules.Check(reading, expected);
        isOther = fault == DpopFault.Thumbprint;
        return new ProofFacts
        {
            Fault = (ReasonFor(fault) ?? NonceFault(exchange, reading.Nonce))?.Code,
            Thumbprint = reading.Thumbprint,
            Id = reading.Id,
            IssuedAt = reading.IssuedAt,
        };
    }

    // 10. The nonce, which also keeps proofs from being made for later.
    private Reason? NonceFault(Exchange exchange, string? nonce)
    {
        if (!settings.RequireNonce)
            return null;
        var state = nonces.Judge(nonce, exchange.Facts.At);
        if (state != NonceState.Fresh)
            exchange.NextNonce = nonces.Create(exchange.Facts.At);
        return state switch
        {
            NonceState.Fresh or NonceState.Ageing => null,
            NonceState.Missing => Reasons.DpopNonceMissing,
            NonceState.Old => Reasons.DpopNonceOld,
        };
    }

    private static Reason? ReasonFor(DpopFault fault) => fault switch
    {
        DpopFault.None => null,
        DpopFault.Malformed => Reasons.DpopMalformed,
        DpopFault.Type or DpopFault.Algorithm or DpopFault.Key or DpopFault.PrivateKey or DpopFault.Signature or DpopFault.Claims => Reasons.DpopInvalid,
        DpopFault.Method => Reasons.DpopMethod,
        DpopFault.Target => Reasons.DpopTarget,
        DpopFault.Stale => Reasons.DpopStale,
        DpopFault.Future => Reasons.DpopFromTheFuture,
        DpopFault.TokenHash => Reasons.DpopTokenHash,
        DpopFault.Thumbprint => Reasons.TokenBinding,
    };
}
