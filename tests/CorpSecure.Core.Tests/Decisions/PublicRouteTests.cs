namespace CorpSecure.Core.Tests.Decisions;

public sealed class PublicRouteTests
{
    private static readonly RoutePolicy Open = SamplePolicy.ARoute("open", "/.well-known/open") with { Public = true, Roles = [], Acr = [] };

    private readonly DecisionPoint decisions = new(SamplePolicy.Of([Open, SamplePolicy.List], []));

    private static Facts Stranger => ARequest() with { Token = null, Subject = null };

    [Fact]
    public void A_public_route_asks_nobody_who_they_are() => decisions.Decide(Stranger.To(Open)).Verdict.ShouldBe(Verdict.Allow);

    [Fact]
    public void Its_requests_keep_their_shape() =>
        decisions.Decide(Stranger.To(Open).With(request => request with { Target = "/.well-known//open" })).Reason.ShouldBe(Reasons.TargetNotCanonical);

    [Fact]
    public void It_opens_no_other_route() => decisions.Decide(Stranger.To(SamplePolicy.List)).Reason.ShouldBe(Reasons.TokenMissing);
}
