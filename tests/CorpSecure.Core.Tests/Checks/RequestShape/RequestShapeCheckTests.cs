using CorpSecure.Core.Checks.RequestShape;

namespace CorpSecure.Core.Tests.Checks.RequestShape;

public sealed class RequestShapeCheckTests
{
    private readonly RequestShapeCheck check = new();

    [Fact]
    public void A_request_with_one_reading_is_let_through() => check.ShouldAllow(ARequest());

    [Fact]
    public void A_target_with_two_readings_is_refused() =>
        check.ShouldDeny(ARequest().With(request => request with { Target = "/corporate/v1/../v1/accounts" }), Reasons.TargetNotCanonical);

    [Fact]
    public void A_tunnel_is_refused_even_to_a_path() =>
        check.ShouldDeny(ARequest().With(request => request with { Method = "CONNECT" }), Reasons.TargetNotCanonical);

    [Fact]
    public void A_foreign_host_is_refused() =>
        check.ShouldDeny(ARequest().With(request => request with { HostKnown = false }), Reasons.HostUnknown);

    [Fact]
    public void A_forbidden_header_is_refused() =>
        check.ShouldDeny(ARequest().With(request => request with { ForbiddenHeader = "Upgrade" }), Reasons.HeaderForbidden);

    [Fact]
    public void A_header_that_stands_twice_is_refused() =>
        check.ShouldDeny(ARequest().With(request => request with { RepeatedHeader = "Authorization" }), Reasons.HeaderRepeated);

    [Fact]
    public void A_body_in_an_unknown_transfer_coding_is_refused() =>
        check.ShouldDeny(ARequest().With(request => request with { TransferCoded = true }), Reasons.TransferCoded);

    [Fact]
    public void An_encoded_body_is_refused() =>
        check.ShouldDeny(ARequest().With(request => request with { ContentEncoded = true }), Reasons.ContentEncoded);
}
