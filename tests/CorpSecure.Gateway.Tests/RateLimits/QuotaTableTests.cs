using System.Net;
using CorpSecure.Core.Policies;
using CorpSecure.Gateway.RateLimits;
using Microsoft.Extensions.Time.Testing;

namespace CorpSecure.Gateway.Tests.RateLimits;

public sealed class QuotaTableTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void Who_has_asked_lately_is_counted_and_who_has_all_permits_again_is_forgotten()
    {
        var table = Table(RateKind.Fixed);
        for (var i = 0; i < 10_000; i++)
            table.Take(From(i)).IsAcquired.ShouldBeTrue();
        table.Count.ShouldBe(10_000);

        clock.Advance(TimeSpan.FromSeconds(5));
        table.Take(From(1_000_000));
        table.Sweep();
        table.Count.ShouldBe(10_001, "their windows are not over");

        clock.Advance(TimeSpan.FromSeconds(5));
        table.Sweep();
        table.Count.ShouldBe(1);
        table.Take(From(1_000_000)).Reading.Remaining.ShouldBe(0, "who still has less than all is remembered");
    }

    [Fact]
    public void Beyond_its_capacity_newcomers_share_and_those_it_knows_keep_what_is_theirs()
    {
        var table = Table(RateKind.Fixed, capacity: 100);
        for (var i = 0; i < 100; i++)
            table.Take(From(i));

        var given = Enumerable.Range(1000, 20_000).Count(i => table.Take(From(i)).IsAcquired);

        given.ShouldBeLessThanOrEqualTo(2 * 256);
        table.Count.ShouldBe(100);
        for (var i = 0; i < 100; i++)
            table.Take(From(i)).IsAcquired.ShouldBeTrue();
    }

    [Fact]
    public void Nothing_that_is_in_use_is_forgotten_even_while_others_ask()
    {
        var table = Table(RateKind.Concurrency);
        var most = 0;
        var now = 0;
        Parallel.For(0, 20_000, i =>
        {
            if (i % 16 == 0)
                table.Sweep();
            using var lease = table.Take(From(7));
            if (!lease.IsAcquired)
                return;
            var inside = Interlocked.Increment(ref now);
            for (var seen = most; inside > seen && Interlocked.CompareExchange(ref most, inside, seen) != seen; seen = most)
                continue;
            Interlocked.Decrement(ref now);
        });

        most.ShouldBeInRange(1, 2);
        table.Sweep();
        table.Count.ShouldBe(0);
    }

    [Fact]
    public void A_limit_of_one_thing_does_not_tell_apart_another()
    {
        var table = Table(RateKind.Fixed);
        table.Take(From(1) with { User = "u-1" }).IsAcquired.ShouldBeTrue();
        table.Take(From(1) with { User = "u-2", Route = "other" }).IsAcquired.ShouldBeTrue();
        table.Take(From(1)).IsAcquired.ShouldBeFalse();
    }

    private QuotaTable Table(RateKind kind, int capacity = QuotaTable.Capacity)
    {
        var policy = new RateLimitPolicy { Name = "any", Per = RateScope.Address, Kind = kind, Permits = 2, Window = TimeSpan.FromSeconds(10) };
        return new QuotaTable(policy, policy.Permits, clock, capacity);
    }

    private static RateSubject From(int number) =>
        new(AddressKey.Of(new IPAddress([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number])), "", "", "", "");
}
