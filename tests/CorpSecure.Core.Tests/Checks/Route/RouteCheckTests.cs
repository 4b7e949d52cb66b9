using CorpSecure.Core.Checks.Route;

namespace CorpSecure.Core.Tests.Checks.Route;

public sealed class RouteCheckTests
{
    private readonly RouteCheck check = new();

    [Fact]
    public void A_route_of_the_policy_is_let_through() => check.ShouldAllow(ARequest());

    [Fact]
    public void A_path_that_no_route_has_does_not_exist() =>
        check.ShouldDeny(ARequest().With(request => request with { Route = null, PathKnown = false }), Reasons.RouteUnknown);

    [Fact]
    public void A_known_path_with_another_method_says_so() =>
        check.ShouldDeny(ARequest().With(request => request with { Route = null, PathKnown = true }), Reasons.MethodUnknown);

    [Fact]
    public void A_route_of_the_other_door_does_not_exist() => check.ShouldDeny(ARequest().OnOps(), Reasons.RouteUnknown);

    [Fact]
    public void A_stored_request_to_a_route_that_the_policy_has_since_lost_is_refused_not_failed() =>
        check.ShouldDeny(APayment().With(request => request with { Route = "payments.removed" }), Reasons.RouteUnknown);
}
