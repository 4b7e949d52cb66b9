using BenchmarkDotNet.Attributes;
using CorpSecure.Benchmarks.Samples;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;

namespace CorpSecure.Benchmarks.Micro;

public class DecideBenchmarks
{
    private readonly DecisionPoint decisions = SamplePolicy.DecisionPoint();
    private readonly Facts payment = SampleFacts.Payment(TimeProvider.System.GetUtcNow(), 1);
    private readonly Facts read = SampleFacts.Read(TimeProvider.System.GetUtcNow(), 1);

    [Benchmark]
    public Decision SignedPayment() => decisions.Decide(payment);

    [Benchmark]
    public Decision Read() => decisions.Decide(read);
}
