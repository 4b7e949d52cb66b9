namespace CorpSecure.Core.Tests.Builders;

/// <summary>A check that always finds the same.</summary>
internal sealed class FixedCheck(Stage stage, Verdict verdict, Reason? reason = null) : ICheck
{
    public Stage Stage => stage;

    public Finding Examine(Facts facts, Policy policy) => new(verdict, reason ?? (verdict == Verdict.Allow ? Reasons.Allowed : Reasons.RoleMissing));

    /// <summary>One that allows, in every stage.</summary>
    public static ICheck[] Everywhere { get; } = [.. Enum.GetValues<Stage>().Select(stage => new FixedCheck(stage, Verdict.Allow))];
}
