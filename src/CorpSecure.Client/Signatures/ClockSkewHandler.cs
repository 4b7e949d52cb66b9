using System.Net;
using CorpSecure.Client.Problems;
using CorpSecure.Protocol.Problems;
using Microsoft.Extensions.Logging;

namespace CorpSecure.Client.Signatures;

/// <summary>
/// Repeats a request once when the gateway found its signature's <c>created</c>, or its proof's <c>iat</c>, too old or too new: the
/// clock is set by the response's <c>Date</c> (RFC 9110 section 6.6.1), and the repeat is proven and signed afresh, under the same
/// idempotency key.
/// </summary>
internal sealed partial class ClockSkewHandler(GatewayClock clock, ILogger<ClockSkewHandler> log) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (!IsDated(request) || response.Headers.Date is not { } gatewayTime
            || !await IsClockSkewAsync(response, cancellationToken))
        {
            return response;
        }
        response.Dispose();
        clock.SetBy(gatewayTime);
        Repeating(clock.Correction);
        // The second answer stands, whatever it is.
        return await base.SendAsync(request, cancellationToken);
    }

    private static bool IsDated(HttpRequestMessage request) =>
        request.Headers.Contains(HeaderNames.Signature) || request.Headers.Contains(HeaderNames.Dpop);

    private static async Task<bool> IsClockSkewAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest
        && await response.ReadProblemAsync(cancellationToken) is { Code: "signature.expired" or "signature.from-the-future" or "dpop.stale" or "dpop.from-the-future" };

    [LoggerMessage(7101, LogLevel.Warning, "The gateway's clock differs from this machine's by {Correction}; repeating the request once with the corrected time")]
    private partial void Repeating(TimeSpan correction);
}
