using CoreBank.Simulator.Assertions;
using Microsoft.Extensions.Time.Testing;

namespace CoreBank.Simulator.Tests.Assertions;

public sealed class SpentAssertionsTests
{
    [Fact]
    public void What_can_no_longer_be_replayed_is_forgotten()
    {
        var clock = new FakeTimeProvider();
        var spent = new SpentAssertions(clock, TimeSpan.FromSeconds(41));
        for (var call = 0; call < 1_000; call++)
            spent.TrySpend(Guid.NewGuid()).ShouldBeTrue();

        clock.Advance(TimeSpan.FromSeconds(41));
        spent.TrySpend(Guid.NewGuid()).ShouldBeTrue();

        spent.Count.ShouldBe(1);
    }
}
