using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;
using CorpSecure.Core.Policies;

namespace CorpSecure.Gateway.RateLimits.Limiters;

/// <summary>
/// A rate limiter that counts time by the gateway's clock, knows exactly what is left and until when, and can take a permit back.
/// It has no timer: what time has returned is worked out when somebody asks.
/// </summary>
public abstract class QuotaLimiter(TimeProvider clock) : RateLimiter
{
    private readonly Lock gate = new();
    private readonly long origin = clock.GetTimestamp();
    private long lastTaken;
    private bool retired;

    /// <summary>Permits count only while they are used.</summary>
    public virtual bool EndsWithUse => false;

    /// <summary>How long all permits have been there; null while some are taken.</summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (gate)
            {
                var now = Now;
                return IsWhole(now) ? TimeSpan.FromTicks(now - lastTaken) : null;
            }
        }
    }

    /// <summary>Ticks of a clock that only goes on.</summary>
    private long Now => clock.GetElapsedTime(origin).Ticks;

    public static QuotaLimiter Of(RateLimitPolicy policy, int permits, TimeProvider clock) => policy.Kind switch
    {
        RateKind.Fixed => new FixedWindow(permits, policy.Window, clock),
        RateKind.Sliding => new SlidingWindow(permits, policy.Window, clock),
        RateKind.TokenBucket => new TokenBucket(permits, policy.Window, clock),
        RateKind.Concurrency => new Concurrency(permits, clock),
    };

    /// <returns>False when this limiter has been forgotten meanwhile: another stands in its place.</returns>
    public bool TryTake([NotNullWhen(true)] out QuotaLease? lease)
    {
        lock (gate)
        {
            lease = null;
            if (retired)
                return false;
            var now = Now;
            var retryAfter = Take(now);
            if (retryAfter is null)
                lastTaken = now;
            lease = new QuotaLease(this, Read(now), retryAfter);
            return true;
        }
    }

    /// <summary>Puts it out of use if it is no different from a new one.</summary>
    public bool TryRetire()
    {
        lock (gate)
            return retired = retired || IsWhole(Now);
    }

    public void GiveBack()
    {
        lock (gate)
            Return(Now);
    }

    public override RateLimiterStatistics? GetStatistics()
    {
        lock (gate)
            return new RateLimiterStatistics { CurrentAvailablePermits = Read(Now).Remaining };
    }

    /// <summary>A request takes one permit.</summary>
    protected override RateLimitLease AttemptAcquireCore(int permitCount) => permitCount != 1
        ? throw new ArgumentOutOfRangeException(nameof(permitCount))
        : TryTake(out var lease) ? lease : throw new ObjectDisposedException(GetType().Name);

    /// <summary>Nobody waits in line: there is room now or there is not.</summary>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) => new(AttemptAcquireCore(permitCount));

    /// <returns>Null when taken; otherwise when there may be room.</returns>
    protected abstract TimeSpan? Take(long now);

    protected abstract void Return(long now);

    protected abstract QuotaReading Read(long now);

    protected abstract bool IsWhole(long now);
}
