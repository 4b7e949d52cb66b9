using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using CorpSecure.Core.Policies;
using CorpSecure.Gateway.RateLimits.Limiters;

namespace CorpSecure.Gateway.RateLimits;

/// <summary>One limit's permits, apart for each address, client, user or whatever it counts by. Bounded: beyond its capacity newcomers share.</summary>
public sealed class QuotaTable(RateLimitPolicy policy, int permits, TimeProvider clock, int capacity = QuotaTable.Capacity) : PartitionedRateLimiter<RateSubject>
{
    /// <summary>Some 25 MB; what has all its permits is forgotten, so only those count that have asked lately.</summary>
    public const int Capacity = 100_000;

    private const int SharedPlaces = 256;

    private readonly ConcurrentDictionary<RateSubject, QuotaLimiter> limiters = new();
    private readonly Lazy<QuotaLimiter[]> shared = new(() => [.. Enumerable.Range(0, SharedPlaces).Select(_ => QuotaLimiter.Of(policy, permits, clock))]);
    private int count;

    public int Count => Volatile.Read(ref count);

    public QuotaLease Take(in RateSubject subject)
    {
        var key = subject.Only(policy.Per);
        while (true)
        {
            if (Find(key).TryTake(out var lease))
                return lease;
        }
    }

    /// <summary>Forgets those who have all their permits again: they would be given the same anew.</summary>
    public void Sweep()
    {
        foreach (var (key, limiter) in limiters)
        {
            if (limiter.TryRetire() && limiters.TryRemove(new(key, limiter)))
                Interlocked.Decrement(ref count);
        }
    }

    public override RateLimiterStatistics? GetStatistics(RateSubject resource) => Find(resource.Only(policy.Per)).GetStatistics();

    protected override RateLimitLease AttemptAcquireCore(RateSubject resource, int permitCount) => Take(resource);

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(RateSubject resource, int permitCount, CancellationToken cancellationToken) =>
        new(Take(resource));

    private QuotaLimiter Find(in RateSubject key)
    {
        if (limiters.TryGetValue(key, out var known))
            return known;
        if (Count >= capacity)
            return shared.Value[(uint)key.GetHashCode() % SharedPlaces];
        var made = QuotaLimiter.Of(policy, permits, clock);
        var kept = limiters.GetOrAdd(key, made);
        if (ReferenceEquals(kept, made))
            Interlocked.Increment(ref count);
        return kept;
    }
}
