namespace CorpSecure.Gateway.RateLimits.Limiters;

/// <summary>So many at once; a permit comes back when its request ends, however it ends.</summary>
public sealed class Concurrency(int permits, TimeProvider clock) : QuotaLimiter(clock)
{
    /// <summary>Nobody knows when a request will end; this is only a pause.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private int used;

    public override bool EndsWithUse => true;

    protected override TimeSpan? Take(long now)
    {
        if (used == permits)
            return Pause;
        used++;
        return null;
    }

    protected override void Return(long now) => used--;

    protected override QuotaReading Read(long now) => new(permits - used, null);

    protected override bool IsWhole(long now) => used == 0;
}
