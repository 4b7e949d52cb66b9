namespace CorpSecure.Core.Tests.Decisions;

/// <summary>Time differs from machine to machine; what is allocated does not.</summary>
public sealed class AllocationTests
{
    private const int Limit = 4096;

    [Fact]
    public void Deciding_on_a_payment_allocates_at_most_four_kilobytes()
    {
        var point = new DecisionPoint(SamplePolicy.Standard);
        var payment = APayment();
        for (var i = 0; i < 100; i++)
            point.Decide(payment);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var decision = point.Decide(payment);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        decision.Verdict.ShouldBe(Verdict.Allow);
        allocated.ShouldBeLessThanOrEqualTo(Limit);
    }
}
