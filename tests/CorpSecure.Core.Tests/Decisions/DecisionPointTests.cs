namespace CorpSecure.Core.Tests.Decisions;

public sealed class DecisionPointTests
{
    [Fact]
    public void A_request_without_fault_is_forwarded()
    {
        foreach (var facts in new[] { ARequest(), ARequest().To(SamplePolicy.Show), APayment() })
        {
            var decision = Expectations.Decide(facts);
            decision.Verdict.ShouldBe(Verdict.Allow);
            decision.Enforcement.ShouldBe(EnforcementAction.Forward);
            decision.Reasons.ShouldBeEmpty();
            decision.PolicyVersion.ShouldBe("test-1");
            decision.Reached.ShouldBe(Stage.Body);
        }
    }

    [Fact]
    public void The_ops_door_has_routes_of_its_own()
    {
        var staff = ARequest().OnOps().To(SamplePolicy.Decisions).WithSubject(subject => subject with { Roles = ["auditor"] });
        Expectations.Decide(staff).Verdict.ShouldBe(Verdict.Allow);
        Expectations.Decide(staff with { Listener = Listener.Api }).Reason.ShouldBe(Reasons.RouteUnknown);
    }

    [Fact]
    public void The_first_deny_of_a_stage_sets_the_status_and_the_others_are_kept()
    {
        var decision = Decide(
            new FixedCheck(Stage.Token, Verdict.StepUp, Reasons.StrongerAuthentication),
            new FixedCheck(Stage.Token, Verdict.Deny, Reasons.TokenExpired),
            new FixedCheck(Stage.Token, Verdict.Deny, Reasons.TokenRevoked));
        decision.Reason.ShouldBe(Reasons.TokenExpired);
        decision.Reasons.ShouldBe([Reasons.StrongerAuthentication, Reasons.TokenExpired, Reasons.TokenRevoked]);
    }

    [Fact]
    public void A_deny_ends_the_stages_so_that_later_facts_stay_unknown()
    {
        var decision = Decide(new FixedCheck(Stage.Token, Verdict.Deny, Reasons.TokenExpired), new FixedCheck(Stage.Body, Verdict.Deny, Reasons.BodyMalformed));
        decision.Reached.ShouldBe(Stage.Token);
        decision.Reasons.ShouldBe([Reasons.TokenExpired]);
    }

    [Fact]
    public void A_later_deny_overrides_an_earlier_step_up()
    {
        var decision = Decide(new FixedCheck(Stage.Token, Verdict.StepUp, Reasons.StrongerAuthentication), new FixedCheck(Stage.Body, Verdict.Deny, Reasons.BodyMalformed));
        decision.Verdict.ShouldBe(Verdict.Deny);
        decision.Reason.ShouldBe(Reasons.BodyMalformed);
        decision.Reasons.ShouldBe([Reasons.StrongerAuthentication, Reasons.BodyMalformed]);
    }

    [Theory]
    [InlineData(Stage.Token, Stage.Body)]
    [InlineData(Stage.Body, Stage.Token)]
    [InlineData(Stage.Body, Stage.Body)]
    public void Step_up_outranks_hold_so_nothing_is_queued_without_strong_authentication(Stage stepUp, Stage hold)
    {
        var decision = Decide(new FixedCheck(stepUp, Verdict.StepUp, Reasons.StrongerAuthentication), new FixedCheck(hold, Verdict.Hold));
        decision.Verdict.ShouldBe(Verdict.StepUp);
        decision.Reason.ShouldBe(Reasons.StrongerAuthentication);
        decision.Enforcement.ShouldBe(EnforcementAction.Challenge);
    }

    [Fact]
    public void A_hold_is_held() => Decide(new FixedCheck(Stage.Body, Verdict.Hold)).Enforcement.ShouldBe(EnforcementAction.Hold);

    [Fact]
    public void Silence_is_not_consent()
    {
        var decision = new DecisionPoint(SamplePolicy.Standard, []).Decide(ARequest());
        decision.Verdict.ShouldBe(Verdict.Deny);
        decision.Reason.ShouldBe(Reasons.NoFinding);
    }

    [Fact]
    public void One_silent_stage_is_enough_to_deny()
    {
        foreach (var silent in Enum.GetValues<Stage>())
        {
            var decision = new DecisionPoint(SamplePolicy.Standard, [.. FixedCheck.Everywhere.Where(check => check.Stage != silent)]).Decide(ARequest());
            decision.Reason.ShouldBe(Reasons.NoFinding);
            decision.Reached.ShouldBe(silent);
        }
    }

    [Theory]
    [InlineData(Stage.Shape)]
    [InlineData(Stage.Token)]
    [InlineData(Stage.Limits)]
    [InlineData(Stage.Signature)]
    [InlineData(Stage.Entitlement)]
    public void Facts_that_are_not_whole_allow_nothing(Stage reached)
    {
        var decision = Expectations.Decide(APayment() with { Reached = reached });
        decision.Verdict.ShouldBe(Verdict.Deny);
        decision.Reason.ShouldBe(Reasons.NoFinding);
    }

    [Fact]
    public void Every_stage_of_the_catalog_has_a_check() =>
        CheckCatalog.All.Select(check => check.Stage).Distinct().Order().ShouldBe(Enum.GetValues<Stage>());

    [Fact]
    public void The_catalog_is_written_in_the_order_of_the_stages() =>
        CheckCatalog.All.Select(check => check.Stage).ShouldBeInOrder();

    private static Decision Decide(params ICheck[] checks) =>
        new DecisionPoint(SamplePolicy.Standard, [.. FixedCheck.Everywhere, .. checks]).Decide(ARequest());
}
