using System.Reflection;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Core.Tests.Decisions;

public sealed class ReasonsTests
{
    private static readonly Reason[] Fields =
        [.. typeof(Reasons).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<Reason>()];

    public static TheoryData<string> Codes => [.. Fields.Select(reason => reason.Code)];

    [Fact]
    public void Every_code_stands_for_one_reason() => Fields.Select(reason => reason.Code).ShouldBeUnique();

    [Fact]
    public void Every_reason_is_found_by_its_code() => Reasons.All.ShouldBe(Fields, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_reason_has_a_stable_code_a_status_and_a_title(string code)
    {
        var reason = Reasons.Of(code);
        reason.ToString().ShouldBe(code);
        code.ShouldMatch("^[a-z]+([.-][a-z]+)*$");
        reason.Title.ShouldNotBeNullOrWhiteSpace();
        reason.Title.ShouldNotMatch("[0-9]", "a title never tells a threshold");
        if (reason == Reasons.Allowed)
            reason.Status.ShouldBe(200);
        else
            reason.Status.ShouldBeInRange(400, 599);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_refusal_for_want_of_something_of_ours_may_be_tried_again(string code)
    {
        var reason = Reasons.Of(code);
        if (reason.Status is 503 or 429 && reason != Reasons.HoldUnavailable)
            reason.Retryable.ShouldBeTrue();
    }

    [Fact]
    public void Every_fault_of_signatures_and_digests_is_a_reason()
    {
        foreach (var fault in Enum.GetValues<SignatureFault>())
            Reasons.TryOf(fault.Code(), out _).ShouldBeTrue(fault.Code());
    }

    [Fact]
    public void An_unknown_code_is_no_reason()
    {
        Reasons.TryOf("unheard.of", out var reason).ShouldBeFalse();
        reason.ShouldBeNull();
        Should.Throw<KeyNotFoundException>(() => Reasons.Of("unheard.of"));
    }

    [Fact]
    public void Verdict_and_enforcement_deny_by_default()
    {
        default(Verdict).ShouldBe(Verdict.Deny);
        default(EnforcementAction).ShouldBe(EnforcementAction.Refuse);
    }
}
