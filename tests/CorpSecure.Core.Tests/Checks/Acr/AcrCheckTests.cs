using CorpSecure.Core.Checks.Acr;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Core.Tests.Checks.Acr;

public sealed class AcrCheckTests
{
    private readonly AcrCheck check = new();

    [Fact]
    public void A_strong_and_recent_sign_in_is_let_through() => check.ShouldAllow(APayment());

    [Theory]
    [InlineData(AcrValues.Password)]
    [InlineData(AcrValues.Client)]
    [InlineData("")]
    [InlineData("urn:corpsecure:acr:mfa ")]
    public void Any_weaker_sign_in_must_step_up_for_a_payment(string acr) =>
        ShouldStepUp(APayment().WithToken(token => token with { Acr = acr }), Reasons.StrongerAuthentication);

    [Fact]
    public void A_sign_in_is_recent_enough_up_to_the_routes_age()
    {
        check.ShouldAllow(APayment().WithToken(token => token with { AuthTime = Now.AddMinutes(-30) }));
        ShouldStepUp(APayment().WithToken(token => token with { AuthTime = Now.AddMinutes(-30).AddTicks(-1) }), Reasons.AuthenticationTooOld);
    }

    [Fact]
    public void A_token_that_does_not_say_when_must_step_up() =>
        ShouldStepUp(APayment().WithToken(token => token with { AuthTime = default }), Reasons.AuthenticationTooOld);

    [Fact]
    public void A_faulty_token_is_the_token_checks_concern()
    {
        check.ShouldAllow(APayment() with { Token = null });
        check.ShouldAllow(APayment() with { Token = new TokenFacts { Fault = "token.invalid" } });
    }

    private void ShouldStepUp(Facts facts, Reason reason)
    {
        check.Examine(facts).ShouldBe(Finding.StepUp(reason));
        var decision = Expectations.Decide(facts);
        decision.Verdict.ShouldBe(Verdict.StepUp);
        decision.Reason.ShouldBe(reason);
        decision.Enforcement.ShouldBe(EnforcementAction.Challenge);
    }
}
