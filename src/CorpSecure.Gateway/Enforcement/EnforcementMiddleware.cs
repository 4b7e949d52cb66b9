using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Decisions;
using CorpSecure.Gateway.Dpop;
using CorpSecure.Gateway.Problems;
using CorpSecure.Gateway.RateLimits;
using CorpSecure.Gateway.Telemetry;
using CorpSecure.Ledger;

namespace CorpSecure.Gateway.Enforcement;

/// <summary>The policy enforcement point: every endpoint lies behind it. Gather, decide, record; only then act.</summary>
public sealed partial class EnforcementMiddleware(
    RequestDelegate next,
    Listener listener,
    DecisionPoint decisions,
    FactsGatherer gatherer,
    Capacity capacity,
    RequestLimits limits,
    DecisionCommitter committer,
    RefusalCounter refusals,
    ProblemWriter problems,
    GatewayMetrics metrics,
    ILogger<EnforcementMiddleware> logger)
{
    private static readonly Stage[] Stages = Enum.GetValues<Stage>();

    public async Task InvokeAsync(HttpContext context)
    {
        var entered = capacity.TryEnter(listener);
        try
        {
            await InvokeAsync(context, gatherer.Begin(context, listener, overloaded: !entered));
        }
        finally
        {
            if (entered)
                capacity.Leave(listener);
        }
    }

    private async Task InvokeAsync(HttpContext context, Exchange exchange)
    {
        context.Features.Set(exchange);
        var decisionId = exchange.Facts.DecisionId;
        GatewayMetrics.Name(context, listener, exchange.MatchedRoute?.Name);
        var span = RequestTrace.Begin(exchange);
        var since = metrics.Now;
        try
        {
            var decision = await DecideAsync(exchange);
            metrics.Judged(since);
            if (IsCounted(exchange, decision))
            {
                decisionId = refusals.Count(exchange.Facts, decision);
                metrics.Aggregated();
            }
            else
            {
                // Recorded even if the caller has hung up: what was decided about an authenticated user is never lost.
                since = metrics.Now;
                decision = await committer.CommitAsync(exchange.Facts, decision, CancellationToken.None);
                metrics.Committed(since);
                var level = decision.Verdict == Verdict.Allow ? LogLevel.Debug : LogLevel.Information;
                LogDecided(level, decisionId, decision.Verdict, decision.Reason.Code, exchange.Facts.Request.Route);
            }

            exchange.Decision = decision;
            metrics.Decided(listener, decision.Verdict, decision.Reason);
            RequestTrace.Decided(span, exchange, decision);
            await EnforceAsync(exchange, decision, decisionId);
        }
        catch (LedgerUnavailableException error)
        {
            LogUnrecorded(decisionId, error.Message);
            metrics.Decided(listener, Verdict.Deny, Reasons.AuditUnavailable);
            await problems.WriteAsync(context, Reasons.AuditUnavailable, decisionId);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            LogCallerGone(decisionId);
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            LogFailed(decisionId, error);
            if (exchange.Decision is null)
                metrics.Decided(listener, Verdict.Deny, Reasons.Internal);
            await problems.WriteAsync(context, Reasons.Internal, decisionId);
        }
        finally
        {
            limits.Release(exchange);
            RequestTrace.End(span, context.Response.StatusCode);
        }
    }

    private async Task<Decision> DecideAsync(Exchange exchange)
    {
        Decision? decision = null;
        foreach (var stage in Stages)
        {
            await gatherer.GatherAsync(exchange, stage);
            decision = decisions.Extend(decision, stage, exchange.Facts);
            if (decision.Verdict == Verdict.Deny)
                break;
        }

        return decision!;
    }

    /// <summary>
    /// Refused before anyone was authenticated, be it with a token that is not the sender's, or for asking too much, or about what is public:
    /// counted, not written one by one.
    /// </summary>
    private static bool IsCounted(Exchange exchange, Decision decision) =>
        exchange.MatchedRoute is { Public: true }
        || (decision.Verdict == Verdict.Deny && (decision.Reached <= Stage.Token || exchange.Facts.Exceeded is not null));

    private async Task EnforceAsync(Exchange exchange, Decision decision, Guid decisionId)
    {
        var context = exchange.Context;
        switch (decision.Enforcement)
        {
            case EnforcementAction.Forward:
                context.Response.Headers[CorpSecureHeaders.DecisionId] = decisionId.ToString();
                SecurityHeaders.Apply(context.Response);
                RateLimitHeaders.Apply(context.Response, exchange.Rates);
                DpopNonceHeader.Apply(context.Response, exchange);
                await next(context);
                break;
            case EnforcementAction.Hold:
                await problems.WriteAsync(context, Reasons.HoldUnavailable, decisionId);
                break;
            case EnforcementAction.Challenge or EnforcementAction.Refuse:
                await problems.WriteAsync(context, decision.Reason, decisionId);
                break;
            default:
                throw new InvalidOperationException($"no enforcement for {decision.Enforcement}");
        }
    }

    [LoggerMessage(EventId = 2301, Message = "Decision {DecisionId}: {Verdict}, {Reason}, route {Route}")]
    private partial void LogDecided(LogLevel level, Guid decisionId, Verdict verdict, string reason, string? route);

    [LoggerMessage(2302, LogLevel.Error, "Decision {DecisionId} could not be recorded, nothing was forwarded: {Error}")]
    private partial void LogUnrecorded(Guid decisionId, string error);

    [LoggerMessage(2303, LogLevel.Error, "Decision {DecisionId}: the request failed")]
    private partial void LogFailed(Guid decisionId, Exception error);

    [LoggerMessage(2304, LogLevel.Debug, "Decision {DecisionId}: the caller is gone")]
    private partial void LogCallerGone(Guid decisionId);
}
