using CorpSecure.Benchmarks.Samples;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;

namespace CorpSecure.Benchmarks.Commit;

/// <summary>Many callers, each with one signed payment at a time, as requests are.</summary>
internal sealed class DecisionLoad(CommitDatabase database)
{
    private readonly DecisionPoint decisions = SamplePolicy.DecisionPoint();

    /// <returns>Decisions committed per second.</returns>
    public async Task<double> RunAsync(int count, int callers, CancellationToken cancellation)
    {
        var at = TimeProvider.System.GetUtcNow();
        var payments = Enumerable.Range(0, count).Select(number => SampleFacts.Payment(at, number)).ToArray();
        var decided = Array.ConvertAll(payments, decisions.Decide);
        var next = -1;
        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync, cancellation)));
        return count / TimeProvider.System.GetElapsedTime(started).TotalSeconds;

        async Task CallAsync()
        {
            while (Interlocked.Increment(ref next) is var number && number < count)
            {
                var settled = await database.Committer.CommitAsync(payments[number], decided[number], cancellation);
                if (settled.Verdict != Verdict.Allow)
                    throw new InvalidOperationException($"a fresh payment was answered with {settled.Reason}");
            }
        }
    }
}
