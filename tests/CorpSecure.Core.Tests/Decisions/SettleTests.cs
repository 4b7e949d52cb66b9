using CsCheck;

namespace CorpSecure.Core.Tests.Decisions;

public sealed class SettleTests
{
    private static readonly Decision Allowed = new(Verdict.Allow, Reasons.Allowed, [], Stage.Body, "test-1");

    [Fact]
    public void A_decision_without_a_nonce_stands() => DecisionPoint.Settle(Allowed, Reservation.None).ShouldBe(Allowed);

    [Fact]
    public void The_decision_that_spends_its_nonce_stands() => DecisionPoint.Settle(Allowed, new Reservation(true)).ShouldBe(Allowed);

    [Fact]
    public void A_nonce_seen_before_denies()
    {
        var settled = DecisionPoint.Settle(Allowed, new Reservation(false));
        settled.Verdict.ShouldBe(Verdict.Deny);
        settled.Reason.ShouldBe(Reasons.NonceReplayed);
        settled.Reasons.ShouldBe([Reasons.NonceReplayed]);
        settled.Enforcement.ShouldBe(EnforcementAction.Refuse);
    }

    [Fact]
    public void A_replay_that_was_to_step_up_is_refused_before_it_is_challenged()
    {
        var stepUp = new Decision(Verdict.StepUp, Reasons.StrongerAuthentication, [Reasons.StrongerAuthentication], Stage.Body, "test-1");
        DecisionPoint.Settle(stepUp, new Reservation(false)).Reasons.ShouldBe([Reasons.NonceReplayed, Reasons.StrongerAuthentication]);
    }

    [Fact]
    public void A_denial_keeps_its_reason_when_the_nonce_turns_out_spent()
    {
        var denied = new Decision(Verdict.Deny, Reasons.RoleMissing, [Reasons.RoleMissing], Stage.Entitlement, "test-1");
        var settled = DecisionPoint.Settle(denied, new Reservation(false));
        settled.Reason.ShouldBe(Reasons.RoleMissing);
        settled.Reasons.ShouldBe([Reasons.RoleMissing, Reasons.NonceReplayed]);
    }

    [Fact]
    public void A_proof_seen_before_denies()
    {
        DecisionPoint.Settle(Allowed, new Reservation(null, ProofSpent: true)).ShouldBe(Allowed);
        DecisionPoint.Settle(Allowed, new Reservation(null, ProofSpent: false)).Reason.ShouldBe(Reasons.DpopReplayed);
        DecisionPoint.Settle(Allowed, new Reservation(true, ProofSpent: false)).Reasons.ShouldBe([Reasons.DpopReplayed]);
    }

    [Fact]
    public void A_copy_of_a_signed_request_is_refused_for_its_proof_first() =>
        DecisionPoint.Settle(Allowed, new Reservation(false, ProofSpent: false)).Reasons.ShouldBe([Reasons.DpopReplayed, Reasons.NonceReplayed]);

    [Fact]
    public void Settling_never_raises_a_verdict() =>
        Gen.Select(Generators.Verdicts, Gen.OneOf<bool?>(true, false, null), Gen.OneOf<bool?>(true, false, null)).Sample((verdict, spent, proof) =>
        {
            var decision = new Decision(verdict, Reasons.RoleMissing, [], Stage.Body, "test-1");
            DecisionPoint.Settle(decision, new Reservation(spent, proof)).ShouldBeNoLooserThan(verdict);
        });
}
