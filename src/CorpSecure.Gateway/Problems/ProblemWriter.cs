using System.Globalization;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;
using CorpSecure.Gateway.Bodies;
using CorpSecure.Gateway.Dpop;
using CorpSecure.Gateway.Enforcement;
using CorpSecure.Gateway.RateLimits;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Gateway.Problems;

/// <summary>Refusals as RFC 9457 documents. They tell the reason's code and title, never a threshold or a stack trace.</summary>
public sealed class ProblemWriter(Policy policy, Challenges challenges)
{
    private static readonly HashSet<Reason> Ambiguous =
        [Reasons.TargetNotCanonical, Reasons.HostUnknown, Reasons.HeaderForbidden, Reasons.HeaderRepeated, Reasons.TransferCoded, Reasons.ContentEncoded];

    private static readonly TimeSpan RetryAfterOutage = TimeSpan.FromSeconds(2);

    public async Task WriteAsync(HttpContext context, Reason reason, Guid decisionId)
    {
        var exchange = context.Features.Get<Exchange>();
        var response = context.Response;
        response.Clear();
        response.StatusCode = reason.Status;
        response.Headers[CorpSecureHeaders.DecisionId] = decisionId.ToString();
        SecurityHeaders.Apply(response);
        RateLimitHeaders.Apply(response, exchange?.Rates);
        DpopNonceHeader.Apply(response, exchange);
        if (reason.Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = challenges.For(reason, exchange);
        if (RetryAfter(reason, exchange) is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (reason == Reasons.MethodUnknown && exchange is not null)
            response.Headers.Allow = string.Join(", ", Methods(exchange));
        if (exchange is not null && IsLast(exchange.Facts.Request, exchange.Body, reason) && context.Request.Protocol.StartsWith("HTTP/1", StringComparison.Ordinal))
            response.Headers.Connection = "close";

        response.ContentType = ProblemDocument.MediaType;
        var type = reason.Status == StatusCodes.Status429TooManyRequests ? ProblemTypes.QuotaExceeded : ProblemTypes.For(reason.Told);
        var bytes = new ProblemDocument(type, reason.Title, reason.Status, reason.Told)
        {
            DecisionId = decisionId,
            Retryable = reason.Retryable,
            Detail = exchange?.Body.Place is { } place ? $"at {place}" : null,
        }.ToUtf8();
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>An unread body is not waited for; and what follows a message that could be read in two ways is nobody's request.</summary>
    private static bool IsLast(RequestFacts request, ReceivedBody body, Reason reason) =>
        (request.HasBody && body.Bytes.IsEmpty) || Ambiguous.Contains(reason);

    private static TimeSpan? RetryAfter(Reason reason, Exchange? exchange) => reason.Status switch
    {
        StatusCodes.Status429TooManyRequests => exchange?.Rates?.RetryAfter ?? RetryAfterOutage,
        StatusCodes.Status503ServiceUnavailable => RetryAfterOutage,
        _ => null,
    };

    private IEnumerable<string> Methods(Exchange exchange)
    {
        var path = exchange.Facts.Request.Target.Split('?')[0];
        return policy.Routes(exchange.Listener).All.Where(route => route.Path.Matches(path)).SelectMany(route => route.Methods).Distinct();
    }
}
