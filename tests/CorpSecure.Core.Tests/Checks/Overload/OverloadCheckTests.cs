using CorpSecure.Core.Checks.Overload;

namespace CorpSecure.Core.Tests.Checks.Overload;

public sealed class OverloadCheckTests
{
    [Fact]
    public void What_cannot_be_served_now_is_refused_and_worth_another_try()
    {
        var facts = ARequest();
        new OverloadCheck().ShouldDeny(facts with { Request = facts.Request with { Overloaded = true } }, Reasons.Overloaded);
        Reasons.Overloaded.Retryable.ShouldBeTrue();
    }

    [Fact]
    public void While_there_is_room_nothing_is_refused() => new OverloadCheck().ShouldAllow(ARequest());
}
