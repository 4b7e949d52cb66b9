using CorpSecure.Protocol.Digests;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Protocol.Tests.Signatures;

public class RequestSigningTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 7, 0, 0, TimeSpan.Zero);
    private static readonly RequestShape PaymentShape = new(HasBody: true, HasDpop: true, NeedsIdempotencyKey: true);
    private readonly FapiRequestProfile _profile = new();

    [Fact]
    public void A_payment_signed_as_the_profile_asks_is_accepted()
    {
        using var key = SigningKey.Generate("anna-1");
        using var registered = key.ToVerificationKey();
        var message = APayment();
        var signature = new MessageSigner(key).Sign(message, _profile.Components(PaymentShape), new()
        {
            Created = Now,
            Nonce = SignatureNonce.Create(),
            Tag = FapiRequestProfile.Tag,
        });

        ReceivedSignature.TryRead(signature.SignatureInput, signature.Signature, FapiRequestProfile.Tag, out var received, out _).ShouldBeTrue();
        _profile.Check(received, PaymentShape, Now.AddSeconds(5)).ShouldBeNull();
        received.Verify(message, registered).ShouldBeNull();
        received.KeyId.ShouldBe("anna-1");
    }

    private static InMemoryMessage APayment() => InMemoryMessage
        .ForRequest("POST", "https://localhost:8443/corporate/v1/payments?x=1")
        .With("Authorization", "DPoP token")
        .With("DPoP", "a.b.c")
        .With("Content-Type", "application/json")
        .With("Content-Digest", ContentDigest.Sha256("{}"u8))
        .With("Idempotency-Key", "\"8e03978e\"");
}
