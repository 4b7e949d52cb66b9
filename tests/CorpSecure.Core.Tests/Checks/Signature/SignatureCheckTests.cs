using CorpSecure.Core.Checks.Signature;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Core.Tests.Checks.Signature;

public sealed class SignatureCheckTests
{
    private readonly SignatureCheck check = new();

    public static TheoryData<SignatureFault> Faults => [.. Enum.GetValues<SignatureFault>()];

    [Fact]
    public void A_good_signature_is_let_through() => check.ShouldAllow(APayment());

    [Fact]
    public void Reading_needs_no_signature() => check.ShouldAllow(ARequest());

    [Fact]
    public void An_unsigned_payment_is_refused() => check.ShouldDeny(APayment() with { Signature = null }, Reasons.SignatureMissing);

    [Theory]
    [MemberData(nameof(Faults))]
    public void Every_fault_of_a_signature_has_its_reason(SignatureFault fault) =>
        check.ShouldDeny(APayment().WithSignature(signature => signature with { Fault = fault.Code() }), Reasons.Of(fault.Code()));

    [Fact]
    public void A_bad_signature_is_refused_also_where_none_is_asked_for() =>
        check.ShouldDeny(ARequest() with { Signature = new SignatureFacts { Fault = "signature.invalid" } }, Reasons.SignatureInvalid);
}
