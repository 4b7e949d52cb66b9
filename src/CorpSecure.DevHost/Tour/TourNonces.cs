using System.Collections.Concurrent;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.DevHost.Tour;

/// <summary>The nonce that each of the gateway's doors gave last (RFC 9449 section 9), and when.</summary>
internal sealed class TourNonces(TimeProvider time)
{
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(45);

    private readonly ConcurrentDictionary<string, (string Nonce, DateTimeOffset At)> byOrigin = new();

    /// <summary>One that the door will surely still take; null when there is none.</summary>
    public string? Of(string origin) => byOrigin.TryGetValue(origin, out var kept) && time.GetUtcNow() - kept.At < Young ? kept.Nonce : null;

    public void Learn(string origin, HttpResponseMessage response)
    {
        if (response.Headers.TryGetValues(HeaderNames.DpopNonce, out var values))
            byOrigin[origin] = (values.Single(), time.GetUtcNow());
    }
}
