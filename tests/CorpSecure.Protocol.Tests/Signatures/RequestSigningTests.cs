using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Protocol.Tests.Signatures;

public sealed class RequestSigningTests : IDisposable
{
    private readonly SignedPayment _payment = new();

    [Fact]
    public void A_payment_signed_as_the_profile_asks_is_accepted()
    {
        var signed = _payment.Sign();
        _payment.Judge(signed.SignatureInput, signed.Signature).ShouldBeNull();
    }

    [Fact]
    public void The_signature_says_what_it_covers_and_by_which_key()
    {
        var signed = _payment.Sign();
        ReceivedSignature.TryRead(signed.SignatureInput, signed.Signature, FapiRequestProfile.Tag, out var received, out _).ShouldBeTrue();

        received.KeyId.ShouldBe("anna-1");
        received.Nonce.ShouldBe("Zn7c2m0Qk4fXb1aS");
        received.Created.ShouldBe(SignedPayment.Now);
        received.Expires.ShouldBeNull();
        received.Algorithm.ShouldBeNull();
        received.Components.Select(component => component.ToString()).ShouldBe(
            ["\"@method\"", "\"@target-uri\"", "\"authorization\"", "\"dpop\"", "\"content-digest\"", "\"content-type\"", "\"idempotency-key\""]);
    }

    [Fact]
    public void A_read_request_without_body_needs_three_components_only()
    {
        new FapiRequestProfile().Components(default).ShouldBe(
            [ComponentIdentifier.Method, ComponentIdentifier.TargetUri, ComponentIdentifier.Authorization]);
    }

    [Fact]
    public void A_component_that_policy_adds_must_be_covered()
    {
        var strict = new SignedPayment { Profile = new() { Extra = [ComponentIdentifier.Of("x-batch")] } };
        var signed = _payment.Sign();
        strict.Judge(signed.SignatureInput, signed.Signature).ShouldBe(SignatureFault.ComponentMissing);
        strict.Dispose();
    }

    public static TheoryData<string, InMemoryMessage> Changes() => new()
    {
        { "method", SignedPayment.Message(method: "PUT") },
        { "host", SignedPayment.Message(uri: "https://localhost:8444/corporate/v1/payments?dry=0") },
        { "scheme", SignedPayment.Message(uri: "http://localhost:8443/corporate/v1/payments?dry=0") },
        { "path", SignedPayment.Message(uri: "https://localhost:8443/corporate/v1/payments/?dry=0") },
        { "path spelled otherwise", SignedPayment.Message(uri: "https://localhost:8443/corporate/v1/%70ayments?dry=0") },
        { "query", SignedPayment.Message(uri: "https://localhost:8443/corporate/v1/payments?dry=1") },
        { "token", SignedPayment.Message(authorization: "DPoP other") },
        { "digest", SignedPayment.Message(body: "{ }") },
        { "second token", SignedPayment.Message().With("Authorization", "DPoP other") },
        { "second proof", SignedPayment.Message().With("DPoP", "d.e.f") },
        { "second digest", SignedPayment.Message().With("Content-Digest", "sha-512=:AAAA:") },
        { "second idempotency key", SignedPayment.Message().With("Idempotency-Key", "other") },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_request_changed_after_signing_is_refused(string changed, InMemoryMessage message)
    {
        var signed = _payment.Sign();
        _payment.Judge(signed.SignatureInput, signed.Signature, message).ShouldBe(SignatureFault.Invalid, changed);
    }

    [Fact]
    public void A_field_that_is_not_covered_may_change()
    {
        var signed = _payment.Sign();
        _payment.Judge(signed.SignatureInput, signed.Signature, SignedPayment.Message().With("X-Forwarded-For", "::1")).ShouldBeNull();
    }

    [Fact]
    public void Another_key_of_the_same_name_did_not_sign_it()
    {
        using var other = new SignedPayment();
        var signed = _payment.Sign();
        other.Judge(signed.SignatureInput, signed.Signature).ShouldBe(SignatureFault.Invalid);
    }

    [Fact]
    public void Judging_a_request_allocates_little()
    {
        var signed = _payment.Sign();
        var message = SignedPayment.Message();
        _payment.Judge(signed.SignatureInput, signed.Signature, message);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            _payment.Judge(signed.SignatureInput, signed.Signature, message);
        ((GC.GetAllocatedBytesForCurrentThread() - before) / 100).ShouldBeLessThan(8 * 1024);
    }

    [Fact]
    public void A_message_without_a_component_cannot_be_signed()
    {
        using var key = SigningKey.Generate("k");
        var signer = new MessageSigner(key);
        var bare = InMemoryMessage.ForRequest("GET", "https://localhost/");
        Should.Throw<ArgumentException>(() => signer.Sign(bare, [ComponentIdentifier.Authorization], new()));
        Should.Throw<ArgumentException>(() => signer.Sign(bare, [ComponentIdentifier.Method, ComponentIdentifier.Method], new()));
        Should.Throw<ArgumentException>(() => signer.Sign(bare, [], new() { Algorithm = "ed25519" }));
        Should.Throw<ArgumentException>(() => signer.Sign(bare, [], new(), "Not a label"));
    }

    public void Dispose() => _payment.Dispose();
}
