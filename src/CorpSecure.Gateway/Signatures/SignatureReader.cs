using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;
using CorpSecure.Gateway.Bodies;
using CorpSecure.Gateway.Enforcement;
using CorpSecure.Gateway.Registry;
using CorpSecure.Gateway.Requests;
using CorpSecure.Protocol.Digests;
using CorpSecure.Protocol.Keys;
using CorpSecure.Protocol.Signatures;
using CorpSecure.Protocol.StructuredFields;
using Reasons = CorpSecure.Core.Decisions.Reasons;
using RequestShape = CorpSecure.Protocol.Signatures.RequestShape;

namespace CorpSecure.Gateway.Signatures;

/// <summary>The message signature over the received headers, verified before a byte of the body is read.</summary>
public sealed class SignatureReader(Policy policy, ExternalOrigins origins)
{
    private readonly FapiRequestProfile profile = new()
    {
        MaximumAge = policy.Signatures.MaximumAge,
        ClockSkew = policy.Signatures.ClockSkew,
    };

    /// <returns>Null when the request is not signed.</returns>
    public SignatureFacts? Read(Exchange exchange)
    {
        var message = new RequestView(exchange.Context.Request, origins.Origin(exchange.Listener), exchange.Facts.Request.Target);
        var input = message.Field("signature-input");
        var signature = message.Field("signature");
        if (input.Count == 0 && signature.Count == 0)
            return null;
        if (!ReceivedSignature.TryRead(input, signature, TagFor(exchange.Route), out var received, out var malformed))
            return new SignatureFacts { Fault = malformed.Code() };

        var facts = new SignatureFacts
        {
            KeyId = received.KeyId ?? "",
            Nonce = received.Nonce ?? "",
            Created = received.Created ?? DateTimeOffset.UnixEpoch,
            ByKeyInBody = exchange.Route.Enrolment,
        };
        return facts with { Fault = FaultOf(exchange, received, message) };
    }

    /// <summary>The digest must name exactly the bytes that arrived; a signed request must have one.</summary>
    public ReceivedBody VerifyDigest(Exchange exchange, ReceivedBody body)
    {
        var lines = RequestView.Lines(exchange.Context.Request.Headers["Content-Digest"]);
        if (body.Fault is not null || (lines.Count == 0 && exchange.Facts.Signature is null))
            return body;
        return ContentDigest.Verify(lines, body.Bytes.Span) is { } fault ? body with { Fault = Reasons.Of(fault.Code()) } : body;
    }

    /// <summary>Whether the request is signed by this key, which its body brought; null when it is.</summary>
    public SignatureFault? VerifyPossession(Exchange exchange, VerificationKey key)
    {
        var message = new RequestView(exchange.Context.Request, origins.Origin(exchange.Listener), exchange.Facts.Request.Target);
        return ReceivedSignature.TryRead(message.Field("signature-input"), message.Field("signature"), KeyEnrolment.Tag, out var received, out var malformed)
            ? received.Verify(message, key)
            : malformed;
    }

    // A signature for one purpose is none for another.
    private static string TagFor(RoutePolicy route) => route.Enrolment ? KeyEnrolment.Tag : FapiRequestProfile.Tag;

    // The order matters: what costs nothing comes first, and the key's own state before its public-key operation.
    private string? FaultOf(Exchange exchange, ReceivedSignature received, RequestView message)
    {
        var request = exchange.Facts.Request;
        var shape = new RequestShape(request.HasBody, exchange.Context.Request.Headers.ContainsKey("DPoP"), exchange.Route.IdempotencyKey);
        if (profile.Check(received, shape, exchange.Facts.At) is { } fault)
            return fault.Code();
        if (exchange.Route.Enrolment)
            return null; // its key is in the body

        // A key of someone else is as unknown as one that does not exist.
        var token = exchange.Facts.Token!;
        if (exchange.Registry.Key(received.KeyId!) is not { } registered || registered.Subject != token.Subject || registered.Client != token.Client)
            return Reasons.SignatureKeyUnknown.Code;
        return (FaultOf(registered.State) ?? FaultOf(registered, exchange.Facts.At))?.Code ?? received.Verify(message, registered.Key)?.Code();
    }

    private static Reason? FaultOf(RegisteredKey key, DateTimeOffset at) => key.ActiveFrom > at ? Reasons.SignatureKeyCoolingOff : null;

    private static Reason? FaultOf(KeyState state) => state switch
    {
        KeyState.Active => null,
        KeyState.Retired => Reasons.SignatureKeyRetired,
        KeyState.Revoked => Reasons.SignatureKeyRevoked,
    };
}
