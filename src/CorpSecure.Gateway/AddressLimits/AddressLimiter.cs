using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using CorpSecure.Core.Policies;

namespace CorpSecure.Gateway.AddressLimits;

/// <summary>How much one address may ask, signed in or not; an IPv6 customer is a /64.</summary>
public sealed class AddressLimiter(Policy policy) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> limiter = PartitionedRateLimiter.Create<IPAddress, AddressKey>(address =>
        RateLimitPartition.GetSlidingWindowLimiter(AddressKey.Of(address), _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = policy.AddressLimit.Permits,
            Window = policy.AddressLimit.Window,
            SegmentsPerWindow = 5,
            QueueLimit = 0,
        }));

    public TimeSpan RetryAfter => policy.AddressLimit.Window;

    public bool TryTake(IPAddress address)
    {
        using var lease = limiter.AttemptAcquire(address);
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}
