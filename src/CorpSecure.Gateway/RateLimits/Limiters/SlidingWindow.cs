namespace CorpSecure.Gateway.RateLimits.Limiters;

/// <summary>Never more than the permits within any stretch of the window's length. Time is cut into segments; a permit comes back with the end of its own, a window later.</summary>
public sealed class SlidingWindow(int permits, TimeSpan window, TimeProvider clock) : QuotaLimiter(clock)
{
    /// <summary>A permit is counted for the window and at most a tenth of it longer.</summary>
    public const int Segments = 10;

    private readonly int[] taken = new int[Segments + 1];
    private readonly long length = window.Ticks / Segments;
    private long current;
    private int used;

    protected override TimeSpan? Take(long now)
    {
        Advance(now);
        if (used == permits)
            return Expiry(oldest: true, now);
        taken[current % taken.Length]++;
        used++;
        return null;
    }

    protected override void Return(long now)
    {
        Advance(now);
        for (var segment = current; segment > current - taken.Length && segment >= 0; segment--)
        {
            if (taken[segment % taken.Length] == 0)
                continue;
            taken[segment % taken.Length]--;
            used--;
            return;
        }
    }

    protected override QuotaReading Read(long now)
    {
        Advance(now);
        return new QuotaReading(permits - used, used == 0 ? TimeSpan.Zero : Expiry(oldest: false, now));
    }

    protected override bool IsWhole(long now)
    {
        Advance(now);
        return used == 0;
    }

    private void Advance(long now)
    {
        var segment = now / length;
        for (var passed = Math.Max(current + 1, segment - Segments); passed <= segment; passed++)
        {
            used -= taken[passed % taken.Length];
            taken[passed % taken.Length] = 0;
        }

        current = Math.Max(current, segment);
    }

    /// <summary>Until the first, or the last, of the permits comes back.</summary>
    private TimeSpan Expiry(bool oldest, long now)
    {
        var found = current;
        for (var segment = Math.Max(0, current - Segments); segment <= current; segment++)
        {
            if (taken[segment % taken.Length] == 0)
                continue;
            found = segment;
            if (oldest)
                break;
        }

        return TimeSpan.FromTicks((found + Segments + 1) * length - now);
    }
}
