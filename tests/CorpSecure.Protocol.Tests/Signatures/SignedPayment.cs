using CorpSecure.Protocol.Digests;
using CorpSecure.Protocol.Signatures;
using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Protocol.Tests.Signatures;

/// <summary>A payment signed as the profile asks, to be spoiled one way at a time.</summary>
internal sealed class SignedPayment : IDisposable
{
    public const string Uri = "https://localhost:8443/corporate/v1/payments?dry=0";

    public static readonly DateTimeOffset Now = new(2026, 11, 24, 7, 0, 0, TimeSpan.Zero);
    public static readonly RequestShape Shape = new(HasBody: true, HasDpop: true, NeedsIdempotencyKey: true);

    private readonly SoftwareSigningKey _signingKey = SigningKey.Generate("anna-1");

    public SignedPayment() => Key = _signingKey.ToVerificationKey();

    public VerificationKey Key { get; }

    public FapiRequestProfile Profile { get; init; } = new();

    public SignatureParameters Parameters { get; init; } = new()
    {
        Created = Now,
        Nonce = "Zn7c2m0Qk4fXb1aS",
        Tag = FapiRequestProfile.Tag,
    };

    public static InMemoryMessage Message(string uri = Uri, string method = "POST", string authorization = "DPoP token", string body = "{}") =>
        InMemoryMessage.ForRequest(method, uri)
            .With("Authorization", authorization)
            .With("DPoP", "a.b.c")
            .With("Content-Type", "application/json")
            .With("Content-Digest", ContentDigest.Sha256(System.Text.Encoding.UTF8.GetBytes(body)))
            .With("Idempotency-Key", "8e03978e-40d5-43dd-bc93-6894a57f9324");

    public MessageSignature Sign(params IEnumerable<ComponentIdentifier> components)
    {
        var covered = components.ToList();
        return new MessageSigner(_signingKey).Sign(Message(), covered.Count > 0 ? covered : Profile.Components(Shape), Parameters);
    }

    /// <summary>The whole of what a verifier does with a request that came with these fields.</summary>
    public SignatureFault? Judge(FieldLines input, FieldLines signature, MessageView? message = null, DateTimeOffset? at = null) =>
        !ReceivedSignature.TryRead(input, signature, FapiRequestProfile.Tag, out var received, out var fault)
            ? fault
            : Profile.Check(received, Shape, at ?? Now) ?? received.Verify(message ?? Message(), Key);

    public void Dispose()
    {
        Key.Dispose();
        _signingKey.Dispose();
    }
}
