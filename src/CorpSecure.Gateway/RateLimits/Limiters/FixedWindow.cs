namespace CorpSecure.Gateway.RateLimits.Limiters;

/// <summary>A window begins with its first request and then holds so many.</summary>
public sealed class FixedWindow(int permits, TimeSpan window, TimeProvider clock) : QuotaLimiter(clock)
{
    private long end;
    private int used;

    protected override TimeSpan? Take(long now)
    {
        if (IsWhole(now))
            (used, end) = (0, now + window.Ticks);
        if (used == permits)
            return TimeSpan.FromTicks(end - now);
        used++;
        return null;
    }

    protected override void Return(long now)
    {
        if (!IsWhole(now))
            used--;
    }

    protected override QuotaReading Read(long now) =>
        IsWhole(now) ? new QuotaReading(permits, TimeSpan.Zero) : new QuotaReading(permits - used, TimeSpan.FromTicks(end - now));

    protected override bool IsWhole(long now) => used == 0 || now >= end;
}
