using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace CorpSecure.Identity.Hosting;

/// <summary>Posts of one address a minute: hashing a password is dear, and every failure is an entry in the ledger.</summary>
public static class AddressLimits
{
    private const int NetworkOfOneSite = 8; // bytes of an IPv6 /64

    public static IServiceCollection AddAddressLimits(this IServiceCollection services, SignInLimits limits) =>
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "60";
                return ValueTask.CompletedTask;
            };
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => HttpMethods.IsPost(http.Request.Method)
                ? RateLimitPartition.GetSlidingWindowLimiter(Site(http.Connection.RemoteIpAddress), _ => new SlidingWindowRateLimiterOptions
                {
                    PermitLimit = limits.PostsPerMinute,
                    Window = TimeSpan.FromMinutes(1),
                    SegmentsPerWindow = 6,
                })
                : RateLimitPartition.GetNoLimiter(""));
        });

    private static string Site(IPAddress? address) => address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkOfOneSite)),
        _ => address.ToString(),
    };
}
