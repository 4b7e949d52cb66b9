using CorpSecure.Core.Checks.RateLimit;

namespace CorpSecure.Core.Tests.Checks.RateLimit;

public sealed class RateLimitCheckTests
{
    private readonly RateLimitCheck strangers = new(Stage.Shape);
    private readonly RateLimitCheck callers = new(Stage.Limits);

    [Fact]
    public void What_all_limits_have_room_for_is_let_through()
    {
        strangers.ShouldAllow(ARequest());
        callers.ShouldAllow(ARequest());
    }

    [Theory]
    [InlineData(RateScope.Address, "limit.address")]
    [InlineData(RateScope.Address | RateScope.Route, "limit.address")]
    public void An_address_that_asks_too_much_is_refused_before_anyone_is_authenticated(RateScope per, string reason)
    {
        var limited = ARequest() with { Exceeded = new RateFacts("any", per, RateKind.Sliding) };
        strangers.ShouldDeny(limited, Reasons.Of(reason));
        callers.ShouldAllow(limited);
    }

    [Theory]
    [InlineData(RateScope.User, "limit.user")]
    [InlineData(RateScope.User | RateScope.Operation, "limit.user")]
    [InlineData(RateScope.User | RateScope.Address, "limit.user")]
    [InlineData(RateScope.Client, "limit.client")]
    [InlineData(RateScope.Client | RateScope.Route, "limit.client")]
    [InlineData(RateScope.Route, "limit.route")]
    [InlineData(RateScope.Operation, "limit.operation")]
    public void A_caller_who_asks_too_much_is_refused_by_the_narrowest_name(RateScope per, string reason)
    {
        foreach (var kind in new[] { RateKind.Fixed, RateKind.Sliding, RateKind.TokenBucket })
        {
            var limited = ARequest() with { Exceeded = new RateFacts("any", per, kind) };
            callers.ShouldDeny(limited, Reasons.Of(reason));
            strangers.ShouldAllow(limited);
        }
    }

    [Theory]
    [InlineData(RateScope.Address)]
    [InlineData(RateScope.User)]
    [InlineData(RateScope.Route)]
    public void Too_many_at_once_has_a_reason_of_its_own(RateScope per) =>
        Expectations.Decide(ARequest() with { Exceeded = new RateFacts("any", per, RateKind.Concurrency) }).Reason.ShouldBe(Reasons.ConcurrencyLimited);

    [Fact]
    public void A_flood_learns_nothing_but_its_limit()
    {
        var flood = ARequest().With(request => request with { Target = "//", Route = null, PathKnown = false }) with { Exceeded = new RateFacts("any", RateScope.Address, RateKind.Fixed) };
        Expectations.Decide(flood).Reason.ShouldBe(Reasons.AddressLimited);
    }

    [Fact]
    public void A_limit_of_callers_comes_after_their_token_and_before_their_signature()
    {
        var limited = APayment().WithSignature(signature => signature with { Fault = "signature.invalid" }) with { Exceeded = new RateFacts("any", RateScope.User, RateKind.Fixed) };
        Expectations.Decide(limited).Reason.ShouldBe(Reasons.UserLimited);
        Expectations.Decide(limited with { Token = null }).Reason.ShouldBe(Reasons.TokenMissing);
    }
}
