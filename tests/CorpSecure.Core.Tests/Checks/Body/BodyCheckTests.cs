using CorpSecure.Core.Checks.Body;

namespace CorpSecure.Core.Tests.Checks.Body;

public sealed class BodyCheckTests
{
    private readonly BodyCheck check = new();

    [Fact]
    public void A_whole_and_well_formed_body_is_let_through() => check.ShouldAllow(APayment());

    [Fact]
    public void No_body_where_none_is_wanted_is_let_through() => check.ShouldAllow(ARequest());

    [Fact]
    public void An_unread_body_is_refused() => check.ShouldDeny(APayment() with { Body = null }, Reasons.BodyMissing);

    [Theory]
    [InlineData("body.incomplete")]
    [InlineData("body.malformed")]
    [InlineData("body.duplicate-member")]
    [InlineData("body.field")]
    [InlineData("body.too-large")]
    [InlineData("digest.missing")]
    [InlineData("digest.mismatch")]
    public void A_faulty_body_is_refused_for_its_fault(string fault) =>
        check.ShouldDeny(APayment().WithBody(body => body with { Fault = fault }), Reasons.Of(fault));
}
