using System.Diagnostics;
using System.Diagnostics.Metrics;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Decisions;
using Microsoft.AspNetCore.Http.Features;

namespace CorpSecure.Gateway.Telemetry;

/// <summary>What is counted for each request. Labels come from the code and the policy only: never from a request.</summary>
public sealed class GatewayMetrics
{
    public const string MeterName = "CorpSecure.Gateway";

    private static readonly InstrumentAdvice<double> Short = new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };

    private readonly TimeProvider clock;
    private readonly Counter<long> decisions;
    private readonly Counter<long> aggregated;
    private readonly Histogram<double> decisionDuration;
    private readonly Histogram<double> commitDuration;

    public GatewayMetrics(IMeterFactory meters, TimeProvider clock)
    {
        this.clock = clock;
        var meter = meters.Create(MeterName);
        decisions = meter.CreateCounter<long>("corpsecure.decisions", description: "Decisions by verdict and deciding reason");
        aggregated = meter.CreateCounter<long>("corpsecure.refusals.aggregated", description: "Refusals of strangers that are counted in one entry a second, not written one by one");
        decisionDuration = meter.CreateHistogram("corpsecure.decision.duration", "s", "From the headers to the verdict, the arrival of the body included", advice: Short);
        commitDuration = meter.CreateHistogram("corpsecure.commit.duration", "s", "Until the decision was durable, waiting for its batch included", advice: Short);
    }

    public long Now => clock.GetTimestamp();

    /// <summary>Names the request for the server's own measurements: by the policy's route, never by its path.</summary>
    public static void Name(HttpContext context, Listener listener, string? route)
    {
        if (context.Features.Get<IHttpMetricsTagsFeature>() is not { } feature)
            return;
        feature.Tags.Add(new("corpsecure.listener", DecisionRecord.Name(listener)));
        feature.Tags.Add(new("corpsecure.route", route ?? "none"));
    }

    public void Judged(long since) => decisionDuration.Record(clock.GetElapsedTime(since).TotalSeconds);

    public void Committed(long since) => commitDuration.Record(clock.GetElapsedTime(since).TotalSeconds);

    public void Aggregated() => aggregated.Add(1);

    public void Decided(Listener listener, Verdict verdict, Reason reason)
    {
        var tags = new TagList
        {
            { "verdict", Name(verdict) },
            { "reason", reason.Code },
            { "listener", DecisionRecord.Name(listener) },
        };
        decisions.Add(1, tags);
    }

    private static string Name(Verdict verdict) => verdict switch
    {
        Verdict.Deny => "deny",
        Verdict.StepUp => "step-up",
        Verdict.Hold => "hold",
        Verdict.Allow => "allow",
    };
}
