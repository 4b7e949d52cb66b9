using System.Diagnostics;
using CorpSecure.Core.Decisions;
using CorpSecure.Gateway.Enforcement;

namespace CorpSecure.Gateway.Telemetry;

/// <summary>The gateway's own spans. They name route, verdict and decision id; no address, path, query, header or user.</summary>
/// <remarks>The ready-made instrumentations are left out: their spans hold <c>url.path</c> and <c>url.full</c>, and those name accounts.</remarks>
public static class RequestTrace
{
    public const string SourceName = "CorpSecure.Gateway";

    /// <summary>Also found by what enriches the log.</summary>
    public const string DecisionId = "corpsecure.decision_id";

    public static readonly ActivitySource Source = new(SourceName);

    /// <summary>A trace of our own; what the caller sent becomes a link. Null when nobody listens.</summary>
    public static Activity? Begin(Exchange exchange)
    {
        var decision = exchange.Facts.DecisionId;
        if (!Source.HasListeners())
        {
            Activity.Current?.SetTag(DecisionId, decision);
            return null;
        }

        var outer = Activity.Current;
        Activity.Current = null; // the server's own activity is never exported, so it must be nobody's parent
        var span = Source.StartActivity("request", ActivityKind.Server, parentContext: default, links: Links(exchange.Context.Request));
        if (span is null)
            Activity.Current = outer;
        (span ?? outer)?.SetTag(DecisionId, decision);
        return span;
    }

    public static void Decided(Activity? span, Exchange exchange, Decision decision)
    {
        if (span is not { IsAllDataRequested: true })
            return;
        var route = exchange.MatchedRoute;
        span.DisplayName = route?.Name ?? "no route";
        span.SetTag("http.route", route?.Path.Text);
        span.SetTag("http.request.method", route is null ? "_OTHER" : exchange.Facts.Request.Method);
        span.SetTag("corpsecure.verdict", decision.Verdict.ToString());
        span.SetTag("corpsecure.reason", decision.Reason.Code);
    }

    public static void End(Activity? span, int status)
    {
        if (span is null)
            return;
        span.SetTag("http.response.status_code", status);
        if (status >= 500)
            span.SetStatus(ActivityStatusCode.Error);
        span.Dispose();
    }

    private static ActivityLink[]? Links(HttpRequest request) =>
        request.Headers[OwnTraceContext.TraceParent] is [{ } sent] && ActivityContext.TryParse(sent, null, isRemote: true, out var context)
            ? [new ActivityLink(context)]
            : null;
}
