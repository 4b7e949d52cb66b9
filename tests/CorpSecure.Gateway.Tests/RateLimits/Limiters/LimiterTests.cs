using System.Threading.RateLimiting;
using CorpSecure.Core.Policies;
using CorpSecure.Gateway.RateLimits.Limiters;
using Microsoft.Extensions.Time.Testing;

namespace CorpSecure.Gateway.Tests.RateLimits.Limiters;

/// <summary>Each kind by itself, by the second.</summary>
public sealed class LimiterTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void A_fixed_window_begins_with_its_first_request_and_then_holds_so_many()
    {
        var limiter = Of(RateKind.Fixed, 2);
        Take(limiter).Reading.ShouldBe(new QuotaReading(1, Seconds(10)));
        Pass(4);
        Take(limiter).Reading.ShouldBe(new QuotaReading(0, Seconds(6)));
        Take(limiter).RetryAfter.ShouldBe(Seconds(6));
        Pass(5.9);
        Take(limiter).IsAcquired.ShouldBeFalse();
        Pass(0.1);
        Take(limiter).Reading.ShouldBe(new QuotaReading(1, Seconds(10)));
    }

    [Fact]
    public void A_sliding_window_never_gives_more_than_its_permits_within_its_length()
    {
        var limiter = Of(RateKind.Sliding, 5);
        var given = new List<TimeSpan>();
        var start = clock.GetTimestamp();
        for (var step = 0; step < 4000; step++)
        {
            if (step % 7 != 0 && step % 300 < 200 && Take(limiter).IsAcquired)
                given.Add(clock.GetElapsedTime(start));
            Pass(0.037);
        }

        given.Count.ShouldBeGreaterThan(40);
        for (var i = 5; i < given.Count; i++)
            (given[i] - given[i - 5]).ShouldBeGreaterThanOrEqualTo(Seconds(10));
    }

    [Fact]
    public void A_sliding_window_says_when_the_first_and_the_last_permit_come_back()
    {
        var limiter = Of(RateKind.Sliding, 2);
        Take(limiter).IsAcquired.ShouldBeTrue();
        Pass(3);
        Take(limiter).Reading.ShouldBe(new QuotaReading(0, Seconds(11)));
        Pass(1);
        Take(limiter).RetryAfter.ShouldBe(Seconds(7));
        Pass(7);
        Take(limiter).IsAcquired.ShouldBeTrue("the wait that was told is enough");
        Take(limiter).IsAcquired.ShouldBeFalse();
    }

    [Fact]
    public void A_token_bucket_gives_its_burst_and_then_what_grows_back()
    {
        var limiter = Of(RateKind.TokenBucket, 5); // one in two seconds
        for (var left = 4; left >= 0; left--)
            Take(limiter).Reading.Remaining.ShouldBe(left);
        Take(limiter).RetryAfter.ShouldBe(Seconds(2));
        Pass(1.5);
        Take(limiter).RetryAfter.ShouldBe(Seconds(0.5));
        Pass(0.5);
        Take(limiter).Reading.ShouldBe(new QuotaReading(0, Seconds(10)));
        Pass(100);
        Take(limiter).Reading.ShouldBe(new QuotaReading(4, Seconds(2)));
    }

    [Fact]
    public void Concurrency_ends_with_its_use()
    {
        var limiter = Of(RateKind.Concurrency, 2);
        var first = Take(limiter);
        var second = Take(limiter);
        Take(limiter).RetryAfter.ShouldBe(Concurrency.Pause);
        Pass(1000);
        Take(limiter).IsAcquired.ShouldBeFalse("time does not end it");
        first.Dispose();
        first.Dispose();
        first.GiveBack();
        Take(limiter).IsAcquired.ShouldBeTrue("it came back, once");
        Take(limiter).IsAcquired.ShouldBeFalse();
        second.Dispose();
    }

    [Theory]
    [InlineData(RateKind.Fixed)]
    [InlineData(RateKind.Sliding)]
    [InlineData(RateKind.TokenBucket)]
    [InlineData(RateKind.Concurrency)]
    public void What_is_given_back_was_never_taken(RateKind kind)
    {
        var limiter = Of(kind, 3);
        Take(limiter);
        for (var i = 0; i < 10; i++)
        {
            Take(limiter).GiveBack();
            Pass(0.5);
        }

        limiter.TryRetire().ShouldBe(kind == RateKind.TokenBucket);
        Pass(20);
        limiter.TryRetire().ShouldBe(kind != RateKind.Concurrency);
        limiter.TryTake(out _).ShouldBe(kind == RateKind.Concurrency, "what is out of use gives nothing");
    }

    [Theory]
    [InlineData(RateKind.Fixed)]
    [InlineData(RateKind.Sliding)]
    [InlineData(RateKind.TokenBucket)]
    [InlineData(RateKind.Concurrency)]
    public void A_limiter_is_one_like_any_other(RateKind kind)
    {
        RateLimiter limiter = Of(kind, 1);
        limiter.IdleDuration.ShouldNotBeNull();
        using var lease = limiter.AttemptAcquire();
        lease.IsAcquired.ShouldBeTrue();
        limiter.IdleDuration.ShouldBeNull();
        limiter.GetStatistics()!.CurrentAvailablePermits.ShouldBe(0);
        using var refused = limiter.AttemptAcquire();
        refused.TryGetMetadata(MetadataName.RetryAfter, out var wait).ShouldBeTrue();
        wait.ShouldBeGreaterThan(TimeSpan.Zero);
        Should.Throw<ArgumentOutOfRangeException>(() => limiter.AttemptAcquire(2));
    }

    [Theory]
    [InlineData(RateKind.Fixed)]
    [InlineData(RateKind.Sliding)]
    [InlineData(RateKind.TokenBucket)]
    [InlineData(RateKind.Concurrency)]
    public void Many_threads_get_the_permits_and_no_more(RateKind kind)
    {
        var limiter = Of(kind, 100);
        var given = 0;
        Parallel.For(0, 1000, _ => Interlocked.Add(ref given, Take(limiter).IsAcquired ? 1 : 0));
        given.ShouldBe(100);
    }

    private QuotaLimiter Of(RateKind kind, int permits) =>
        QuotaLimiter.Of(new RateLimitPolicy { Name = "any", Per = RateScope.User, Kind = kind, Permits = permits, Window = Seconds(10) }, permits, clock);

    private static QuotaLease Take(QuotaLimiter limiter) => limiter.TryTake(out var lease) ? lease : throw new InvalidOperationException("out of use");

    private void Pass(double seconds) => clock.Advance(Seconds(seconds));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromMilliseconds(seconds * 1000);
}
