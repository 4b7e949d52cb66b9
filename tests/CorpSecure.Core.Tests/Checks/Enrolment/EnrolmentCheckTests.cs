using CorpSecure.Core.Checks.Enrolment;
using CorpSecure.Core.Checks.Signature;

namespace CorpSecure.Core.Tests.Checks.Enrolment;

public sealed class EnrolmentCheckTests
{
    private readonly EnrolmentCheck check = new();

    [Fact]
    public void A_new_key_that_its_sender_holds_is_let_through() => check.ShouldAllow(AnEnrolment());

    [Fact]
    public void Where_nothing_is_enrolled_nothing_is_asked() => check.ShouldAllow(APayment());

    [Fact]
    public void A_possession_that_was_not_looked_at_is_none() => check.ShouldDeny(AnEnrolment() with { Enrolment = null }, Reasons.SignatureInvalid);

    [Theory]
    [InlineData("signature.invalid")]
    [InlineData("key.malformed")]
    public void A_fault_has_its_reason(string code) => check.ShouldDeny(With(enrolment => enrolment with { Fault = code }), Reasons.Of(code));

    [Fact]
    public void A_key_is_registered_once() => check.ShouldDeny(With(enrolment => enrolment with { Registered = true }), Reasons.KeyRegistered);

    [Fact]
    public void A_user_has_so_many_keys_and_no_more()
    {
        check.ShouldAllow(With(enrolment => enrolment with { KeysHeld = EnrolmentCheck.MostKeys - 1 }));
        check.ShouldDeny(With(enrolment => enrolment with { KeysHeld = EnrolmentCheck.MostKeys }), Reasons.KeyTooMany);
    }

    [Fact]
    public void An_enrolment_is_signed() => new SignatureCheck().ShouldDeny(AnEnrolment() with { Signature = null }, Reasons.SignatureMissing);

    [Fact]
    public void The_signature_holds_only_once_the_key_from_the_body_has_verified_it()
    {
        AnEnrolment().SignatureHolds.ShouldBeTrue();
        (AnEnrolment() with { Enrolment = null }).SignatureHolds.ShouldBeFalse();
        With(enrolment => enrolment with { Fault = "signature.invalid" }).SignatureHolds.ShouldBeFalse();
        AnEnrolment().WithSignature(signature => signature with { Fault = "signature.expired" }).SignatureHolds.ShouldBeFalse();
        APayment().SignatureHolds.ShouldBeTrue();
        ARequest().SignatureHolds.ShouldBeFalse();
    }

    private static Facts With(Func<EnrolmentFacts, EnrolmentFacts> change)
    {
        var facts = AnEnrolment();
        return facts with { Enrolment = change(facts.Enrolment!) };
    }

    private static Facts AnEnrolment() => ARequest().To(SamplePolicy.Enrol) with
    {
        Signature = new SignatureFacts { KeyId = "thumbprint", Nonce = "nonce-0001", Created = Now, ByKeyInBody = true },
        Enrolment = new EnrolmentFacts { KeyId = "thumbprint", Algorithm = "ed25519", KeysHeld = 2 },
    };
}
