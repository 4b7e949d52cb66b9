using System.Text;
using CorpSecure.Fuzzing.Running;
using CorpSecure.Fuzzing.Targets;
using Xunit.Abstractions;

namespace CorpSecure.Fuzzing;

public sealed class FuzzTests(ITestOutputHelper output)
{
    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_input_that_was_kept_holds(string name)
    {
        var target = FuzzTargets.Named(name);
        foreach (var input in Corpus.Of(target))
            Fuzzer.Try(target.Check, input).ShouldBeNull(Encoding.Latin1.GetString(input));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void No_input_breaks_it(string name)
    {
        var target = FuzzTargets.Named(name);
        var budget = FuzzBudget.For(target);
        var finding = Fuzzer.Find(target, target.Check, budget, out var iterations);
        output.WriteLine($"{name}: {iterations} inputs, seed {budget.Seed}");
        if (finding is not null)
            Assert.Fail($"seed {budget.Seed}, input {iterations}, kept as {Corpus.Keep(target, finding.Input)}: {finding.Error}");
    }

    /// <summary>With a fault put in, it finds it: a target that cannot fail proves nothing.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void A_broken_sample_is_found(string name)
    {
        var target = FuzzTargets.Named(name);
        Fuzzer.Find(target, target.Broken, FuzzBudget.For(target) with { Iterations = 5000, Time = Timeout.InfiniteTimeSpan }, out _).ShouldNotBeNull();
    }
}
