using CorpSecure.Core.Checks.AnnouncedBody;

namespace CorpSecure.Core.Tests.Checks.AnnouncedBody;

public sealed class AnnouncedBodyCheckTests
{
    private readonly AnnouncedBodyCheck check = new();

    [Fact]
    public void A_request_without_a_body_where_none_is_wanted_is_let_through() => check.ShouldAllow(ARequest());

    [Fact]
    public void A_body_of_the_right_type_and_size_is_let_through() => check.ShouldAllow(APayment());

    [Fact]
    public void A_body_of_exactly_the_limit_is_let_through() =>
        check.ShouldAllow(APayment().With(request => request with { ContentLength = 65536 }));

    [Fact]
    public void A_chunked_body_announces_no_length_and_is_measured_when_read() =>
        check.ShouldAllow(APayment().With(request => request with { ContentLength = null }));

    [Fact]
    public void A_body_where_none_is_wanted_is_refused() =>
        check.ShouldDeny(ARequest().With(request => request with { HasBody = true }), Reasons.BodyUnexpected);

    [Fact]
    public void A_missing_body_is_refused() =>
        check.ShouldDeny(APayment().With(request => request with { HasBody = false }), Reasons.BodyMissing);

    [Fact]
    public void A_body_over_the_limit_is_refused_unread() =>
        check.ShouldDeny(APayment().With(request => request with { ContentLength = 65537 }), Reasons.BodyTooLarge);

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("Application/JSON")]
    public void Another_content_type_is_refused(string? type) =>
        check.ShouldDeny(APayment().With(request => request with { ContentType = type }), Reasons.ContentTypeUnknown);

    [Fact]
    public void An_unknown_route_is_the_route_checks_concern() =>
        check.ShouldAllow(ARequest().With(request => request with { Route = null, HasBody = true }));
}
