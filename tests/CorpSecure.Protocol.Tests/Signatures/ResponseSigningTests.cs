using CorpSecure.Protocol.Digests;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Protocol.Tests.Signatures;

public sealed class ResponseSigningTests : IDisposable
{
    private static readonly DateTimeOffset Now = SignedPayment.Now;
    private readonly SignedPayment _payment = new();
    private readonly SoftwareSigningKey _server = SigningKey.Generate("gateway-1");
    private readonly VerificationKey _serverKey;
    private readonly FapiResponseProfile _profile = new();

    public ResponseSigningTests() => _serverKey = _server.ToVerificationKey();

    [Fact]
    public void A_signed_response_is_accepted_as_the_answer_to_its_request()
    {
        var request = SignedRequest();
        Verify(Answer(request, 201, "{}"), request).ShouldBeNull();
    }

    [Fact]
    public void It_covers_status_content_and_the_request_with_its_signature()
    {
        var signed = FapiResponseProfile.Sign(new(_server), Answer(SignedRequest(), 201, "{}"), Now);
        signed.SignatureInput.ShouldBe(
            """sig=("@status" "content-digest" "@method";req "@target-uri";req "content-digest";req "signature";req "signature-input";req);created=1795503600;keyid="gateway-1";tag="fapi-2-response" """.Trim());
    }

    [Fact]
    public void It_is_not_the_answer_to_another_request()
    {
        var request = SignedRequest();
        var response = Answer(request, 201, "{}");
        Verify(response, SignedRequest()).ShouldBe(SignatureFault.Invalid);
    }

    [Fact]
    public void A_response_without_digest_for_its_body_is_refused()
    {
        var request = SignedRequest();
        var bare = InMemoryMessage.ForResponse(201, request);
        var signed = FapiResponseProfile.Sign(new(_server), bare, Now);
        bare.With("Signature-Input", signed.SignatureInput).With("Signature", signed.Signature);
        _profile.Verify(bare, hasBody: false, Find, Now).ShouldBeNull();
        _profile.Verify(bare, hasBody: true, Find, Now).ShouldBe(SignatureFault.DigestMissing);
    }

    [Fact]
    public void Other_content_under_a_good_signature_is_refused()
    {
        var request = SignedRequest();
        var response = Signed(Answer(request, 201, "{}"));
        _profile.Verify(response, "{}"u8, Find, Now).ShouldBeNull();
        _profile.Verify(response, "{ }"u8, Find, Now).ShouldBe(SignatureFault.DigestMismatch);
        _profile.Verify(response, [], Find, Now).ShouldBe(SignatureFault.DigestMismatch);
    }

    [Fact]
    public void A_response_by_an_unknown_key_or_of_another_time_is_refused()
    {
        var request = SignedRequest();
        var response = Signed(Answer(request, 200, "{}"));
        _profile.Verify(response, hasBody: true, _ => null, Now).ShouldBe(SignatureFault.Invalid);
        _profile.Verify(response, hasBody: true, Find, Now.AddSeconds(61)).ShouldBe(SignatureFault.Expired);
        _profile.Verify(response, hasBody: true, Find, Now.AddSeconds(-11)).ShouldBe(SignatureFault.FromTheFuture);
        _profile.Verify(Answer(request, 200, "{}"), hasBody: true, Find, Now).ShouldBe(SignatureFault.Missing);
    }

    [Fact]
    public void A_request_signature_does_not_pass_for_a_response_signature()
    {
        var request = SignedRequest();
        var response = Answer(request, 200, "{}");
        response.With("Signature-Input", request.Field("signature-input")[0]).With("Signature", request.Field("signature")[0]);
        _profile.Verify(response, hasBody: true, Find, Now).ShouldBe(SignatureFault.Missing);
    }

    public void Dispose()
    {
        _payment.Dispose();
        _server.Dispose();
        _serverKey.Dispose();
    }

    private VerificationKey? Find(string keyId) => keyId == _serverKey.KeyId ? _serverKey : null;

    private InMemoryMessage SignedRequest()
    {
        var signed = _payment.Sign();
        return SignedPayment.Message().With("Signature-Input", signed.SignatureInput).With("Signature", signed.Signature);
    }

    private static InMemoryMessage Answer(MessageView request, int status, string body) => InMemoryMessage
        .ForResponse(status, request)
        .With("Content-Type", "application/json")
        .With("Content-Digest", ContentDigest.Sha256(System.Text.Encoding.UTF8.GetBytes(body)));

    private InMemoryMessage Signed(InMemoryMessage response)
    {
        var signed = FapiResponseProfile.Sign(new(_server), response, Now);
        return response.With("Signature-Input", signed.SignatureInput).With("Signature", signed.Signature);
    }

    private SignatureFault? Verify(InMemoryMessage response, MessageView sent)
    {
        var signed = Signed(response);
        var seen = InMemoryMessage.ForResponse(signed.Status!.Value, sent);
        foreach (var name in (string[])["content-type", "content-digest", "signature-input", "signature"])
            seen.With(name, signed.Field(name)[0]);
        return _profile.Verify(seen, hasBody: true, Find, Now);
    }
}
