using CorpSecure.Protocol.Digests;
using CorpSecure.Protocol.Dpop;
using CorpSecure.Protocol.Signatures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CorpSecure.Client.Tests.Fakes;

/// <summary>A request as it came off the wire.</summary>
public sealed record ReceivedRequest(string Method, string Target, string Origin, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string? this[string header] => Headers.GetValueOrDefault(header);

    /// <summary>The signature as it was sent, or null when there is none.</summary>
    public ReceivedSignature? Signature =>
        ReceivedSignature.TryRead(this["signature-input"], this["signature"], FapiRequestProfile.Tag, out var received, out _) ? received : null;

    public static async Task<ReceivedRequest> ReadAsync(HttpContext context, Uri origin)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return new ReceivedRequest(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            origin.GetLeftPart(UriPartial.Authority),
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
    }

    /// <summary>What its DPoP proof says.</summary>
    public DpopReading Proof => new DpopReader().Read(this["dpop"] ?? "");

    /// <summary>What is wrong with its proof for its token, which is bound to this key.</summary>
    public DpopFault ProofFault(SigningKey key, DateTimeOffset now) => DpopRules.Check(
        Proof,
        new DpopExpectation(Method, Origin + Target.Split('?')[0], now)
        {
            AccessToken = this["authorization"]?["DPoP ".Length..],
            Thumbprint = DpopProof.Thumbprint(key),
        });

    /// <summary>What the gateway would refuse it for; null when all is well.</summary>
    public SignatureFault? FaultOf(VerificationKey key, DateTimeOffset now)
    {
        if (!ReceivedSignature.TryRead(this["signature-input"], this["signature"], FapiRequestProfile.Tag, out var received, out var unreadable))
        {
            return unreadable;
        }
        var shape = new RequestShape(Body.Length > 0, HasDpop: this["dpop"] is not null, NeedsIdempotencyKey: Method == "POST");
        var message = InMemoryMessage.ForRequest(Method, Origin + Target);
        foreach (var (name, value) in Headers)
        {
            message.With(name, value);
        }
        return new FapiRequestProfile().Check(received, shape, now)
            ?? received.Verify(message, key)
            ?? (shape.HasBody ? ContentDigest.Verify(this["content-digest"], Body) : null);
    }
}
