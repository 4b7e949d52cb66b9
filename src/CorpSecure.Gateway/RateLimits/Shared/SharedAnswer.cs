using CorpSecure.Gateway.RateLimits.Limiters;
using StackExchange.Redis;

namespace CorpSecure.Gateway.RateLimits.Shared;

/// <summary>What all replicas together have left.</summary>
/// <param name="Refused">The first limit without room, or <see cref="RateGrant.None"/>.</param>
/// <param name="Readings">Of the limits that were asked.</param>
public sealed record SharedAnswer(int Refused, TimeSpan? RetryAfter, QuotaReading[] Readings)
{
    /// <summary>Where it was taken.</summary>
    public RedisKey[] Keys { get; init; } = [];

    public static SharedAnswer Read(long[] answer)
    {
        var readings = new QuotaReading[answer.Length / 2 - 1];
        for (var i = 0; i < readings.Length; i++)
            readings[i] = new QuotaReading((int)answer[2 * i + 2], answer[2 * i + 3] < 0 ? null : TimeSpan.FromMilliseconds(answer[2 * i + 3]));
        return answer[0] == 0 ? new(RateGrant.None, null, readings) : new((int)answer[0] - 1, TimeSpan.FromMilliseconds(answer[1]), readings);
    }
}
