using System.Diagnostics;
using System.Net.Http;
using CorpSecure.Core.Decisions;
using CorpSecure.Gateway.Decisions;
using CorpSecure.Gateway.Enforcement;
using CorpSecure.Gateway.Problems;
using CorpSecure.Gateway.Telemetry;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace CorpSecure.Gateway.Forwarding;

/// <summary>Around the proxy: hands it the verified bytes, records what became of them, then lets the answer out.</summary>
public sealed class ForwardMiddleware(RequestDelegate next, OutcomeRecorder outcomes, ProblemWriter problems)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var exchange = Exchange.Of(context);
        var route = exchange.Route;
        if (!exchange.Body.Bytes.IsEmpty)
            context.Request.Body = new MemoryStream(exchange.Body.Bytes.ToArray(), writable: false);
        if (route.Unsafe)
            context.RequestAborted = CancellationToken.None; // an order under way is not cut short because its sender hung up

        var held = route.BufferedAnswer > 0 ? HeldAnswer.Take(context, route.BufferedAnswer) : null;
        using (RequestTrace.Source.StartActivity("core", ActivityKind.Client))
            await next(context);

        var id = exchange.Facts.DecisionId;
        if (context.GetForwarderErrorFeature() is { } error)
        {
            held?.Discard();
            var (state, reason) = Explain(error);
            await outcomes.RecordAsync(id, state, 0);
            if (!context.Response.HasStarted)
                await problems.WriteAsync(context, reason, id);
            else
                context.Abort();
            return;
        }

        var recorded = outcomes.RecordAsync(id, OutcomeState.Answered, context.Response.StatusCode);
        if (route.Unsafe)
            await recorded;
        if (held is not null)
            await held.ReleaseAsync();
    }

    private static (OutcomeState State, Reason Reason) Explain(IForwarderErrorFeature error) => error.Error switch
    {
        ForwarderError.NoAvailableDestinations => (OutcomeState.Failed, Reasons.CoreUnreachable),
        ForwarderError.RequestTimedOut => (OutcomeState.Unknown, Reasons.CoreSilent),
        _ when error.Exception is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
        } => (OutcomeState.Failed, Reasons.CoreUnreachable),
        _ => (OutcomeState.Unknown, Reasons.CoreInterrupted),
    };
}
