using CorpSecure.Core.Checks.AddressLimit;

namespace CorpSecure.Core.Tests.Checks.AddressLimit;

public sealed class AddressLimitCheckTests
{
    private readonly AddressLimitCheck check = new();

    [Fact]
    public void An_address_within_its_share_is_let_through() => check.ShouldAllow(ARequest());

    [Fact]
    public void An_address_that_asks_too_much_is_refused() =>
        check.ShouldDeny(ARequest().With(request => request with { AddressLimited = true }), Reasons.AddressLimited);

    [Fact]
    public void A_flood_learns_nothing_but_its_limit()
    {
        var flood = ARequest().With(request => request with { AddressLimited = true, Target = "//", Route = null, PathKnown = false });
        Expectations.Decide(flood).Reason.ShouldBe(Reasons.AddressLimited);
    }
}
