using CsCheck;

namespace CorpSecure.Core.Tests.Decisions;

/// <summary>What holds for any facts.</summary>
public sealed class DecisionPropertyTests
{
    private readonly DecisionPoint point = new(SamplePolicy.Standard);

    [Fact]
    public void Random_facts_reach_every_verdict_the_catalog_can_give()
    {
        var seen = new HashSet<Verdict>();
        Generators.Facts.Sample(facts => { lock (seen) seen.Add(point.Decide(facts).Verdict); }, iter: 5_000);
        seen.ShouldBe([Verdict.Deny, Verdict.StepUp, Verdict.Allow], ignoreOrder: true);
    }

    [Fact]
    public void Deciding_on_whole_facts_is_the_same_as_stage_by_stage() => Generators.Facts.Sample(facts =>
    {
        var whole = facts with { Reached = Stage.Body };
        Decision? decision = null;
        foreach (var stage in Enum.GetValues<Stage>())
        {
            decision = point.Extend(decision, stage, whole);
            if (decision.Verdict == Verdict.Deny)
                break;
        }

        ShouldBeSame(point.Decide(whole), decision!);
        ShouldBeSame(point.Decide(whole with { Reached = decision!.Reached }), decision, unlessWhole: decision.Verdict != Verdict.Deny);
    }, iter: 5_000);

    [Fact]
    public void The_same_facts_always_give_the_same_decision() =>
        Generators.Facts.Sample(facts => ShouldBeSame(point.Decide(facts), new DecisionPoint(SamplePolicy.Standard).Decide(facts)), iter: 2_000);

    [Fact]
    public void Another_stage_never_raises_a_verdict() => Gen.Select(Generators.Facts, Generators.Stages, Generators.Verdicts).Sample((facts, stage, verdict) =>
    {
        facts = facts with { Listener = Listener.Api, Request = APayment().Request };
        var before = new Decision(verdict, Reasons.RoleMissing, [], Stage.Shape, "test-1");
        var after = point.Extend(before, stage, facts);
        after.ShouldBeNoLooserThan(verdict);
        if (after.Verdict == verdict)
            after.Reason.ShouldBe(before.Reason);
    }, iter: 5_000);

    [Fact]
    public void Another_check_never_loosens_a_verdict() =>
        Gen.Select(Generators.Facts, Generators.Stages, Generators.Verdicts, Gen.Int[0, CheckCatalog.All.Length]).Sample((facts, stage, verdict, place) =>
        {
            var more = CheckCatalog.All.Insert(place, new FixedCheck(stage, verdict));
            new DecisionPoint(SamplePolicy.Standard, more).Decide(facts).ShouldBeNoLooserThan(point.Decide(facts).Verdict);
        }, iter: 5_000);

    [Fact]
    public void The_verdict_is_never_looser_than_any_check_that_was_asked() => Generators.Facts.Sample(facts =>
    {
        var decision = point.Decide(facts);
        foreach (var check in CheckCatalog.All.Where(check => check.Stage <= decision.Reached))
            decision.ShouldBeNoLooserThan(check.Examine(facts, SamplePolicy.Standard).Verdict);
    }, iter: 5_000);

    [Fact]
    public void An_allowed_request_has_no_objection_and_any_other_names_its_reason_among_them() => Generators.Facts.Sample(facts =>
    {
        var decision = point.Decide(facts);
        if (decision.Verdict == Verdict.Allow)
            decision.Reasons.ShouldBeEmpty();
        else
            decision.Reasons.ShouldContain(decision.Reason);
    }, iter: 5_000);

    [Fact]
    public void Stored_facts_are_replayed_to_the_same_decision() => Generators.Facts.Sample(facts =>
    {
        var stored = FactsJson.Write(facts);
        var read = FactsJson.Read(stored);
        FactsJson.Write(read).ShouldBe(stored);
        ShouldBeSame(point.Decide(read), point.Decide(facts));
    }, iter: 5_000);

    private static void ShouldBeSame(Decision actual, Decision expected, bool unlessWhole = false)
    {
        if (unlessWhole && expected.Reached != Stage.Body)
            return;
        actual.Reasons.ShouldBe(expected.Reasons);
        (actual with { Reasons = [] }).ShouldBe(expected with { Reasons = [] });
    }
}
