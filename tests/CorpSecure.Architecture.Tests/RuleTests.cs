using CorpSecure.Architecture.Tests.Rules;

namespace CorpSecure.Architecture.Tests;

public sealed class RuleTests
{
    private static readonly Rule[] All = [.. ProjectRules.All, .. SourceRules.All, .. CapabilityRules.All, .. LayoutRules.All];

    public static TheoryData<string> Names => [.. All.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_repository_keeps_every_rule(string name)
    {
        using var repository = SourceTree.OfThisRepository();
        Named(name).Violations(repository).ShouldBeEmpty();
    }

    /// <summary>A rule that cannot fail guards nothing.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_rule_notices_each_of_its_wrong_samples_and_nothing_around_them(string name)
    {
        var rule = Named(name);
        rule.Wrong.ShouldNotBeEmpty();
        using var right = SourceTree.OfSamples(rule.Around);
        rule.Violations(right).ShouldBeEmpty();
        foreach (var wrong in rule.Wrong)
        {
            using var tree = SourceTree.OfSamples([.. rule.Around, wrong]);
            rule.Violations(tree).ShouldNotBeEmpty($"{wrong.Path}: {wrong.Text}");
        }
    }

    private static Rule Named(string name) => All.Single(rule => rule.Name == name);
}
