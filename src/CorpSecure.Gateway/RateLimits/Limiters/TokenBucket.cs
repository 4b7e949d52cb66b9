namespace CorpSecure.Gateway.RateLimits.Limiters;

/// <summary>Permits grow back steadily, up to a burst.</summary>
/// <param name="fill">In this time it fills from empty.</param>
public sealed class TokenBucket(int burst, TimeSpan fill, TimeProvider clock) : QuotaLimiter(clock)
{
    // The bucket is kept as the moment at which it will be full: whole ticks, so that nothing is lost to rounding.
    private readonly long cost = Math.Max(1, fill.Ticks / burst);
    private long fullAt;

    protected override TimeSpan? Take(long now)
    {
        var later = Math.Max(fullAt, now) + cost;
        var excess = later - now - cost * burst;
        if (excess > 0)
            return TimeSpan.FromTicks(excess);
        fullAt = later;
        return null;
    }

    protected override void Return(long now) => fullAt -= cost;

    protected override QuotaReading Read(long now)
    {
        var missing = Math.Max(0, fullAt - now);
        return new QuotaReading((int)((cost * burst - missing) / cost), TimeSpan.FromTicks(missing));
    }

    protected override bool IsWhole(long now) => fullAt <= now;
}
