using CorpSecure.Benchmarks.Samples;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;

namespace CorpSecure.Benchmarks.Decide;

/// <summary>A quick answer to one question: does a decision still cost as little as promised?</summary>
internal static class DecideCheck
{
    private const int Rounds = 21;
    private const int Calls = 20_000;
    private const int WarmUp = 10;

    public const int AllocationLimit = 4 * 1024;

    public static readonly TimeSpan Limit = TimeSpan.FromMicroseconds(10);

    public static int Run()
    {
        var decisions = SamplePolicy.DecisionPoint();
        var at = TimeProvider.System.GetUtcNow();
        (string Name, Facts Facts)[] cases = [("signed payment", SampleFacts.Payment(at, 1)), ("read", SampleFacts.Read(at, 1))];
        var rounds = Enumerable.Range(0, WarmUp + Rounds)
            .Select(_ => cases.Select(sample => Measure(decisions, sample.Facts)).ToArray())
            .Skip(WarmUp)
            .ToArray();
        var good = true;
        for (var i = 0; i < cases.Length; i++)
        {
            var nanoseconds = Median.Of(rounds.Select(round => round[i].Nanoseconds));
            var bytes = Median.Of(rounds.Select(round => round[i].Bytes));
            var within = nanoseconds <= Limit.TotalNanoseconds && bytes <= AllocationLimit;
            good &= within;
            Console.Out.WriteLine($"Decide, {cases[i].Name}: {nanoseconds:F0} ns, {bytes:F0} bytes a call, median of {Rounds} rounds; {(within ? "ok" : "TOO MUCH")}");
        }

        return good ? 0 : 1;
    }

    private static (double Nanoseconds, double Bytes) Measure(DecisionPoint decisions, Facts facts)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < Calls; i++)
        {
            if (decisions.Decide(facts).Verdict != Verdict.Allow)
                throw new InvalidOperationException("the sample was meant to be allowed");
        }

        var elapsed = TimeProvider.System.GetElapsedTime(started);
        return (elapsed.TotalNanoseconds / Calls, (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / Calls);
    }
}
