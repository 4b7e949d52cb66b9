using System.Diagnostics;

namespace CorpSecure.Gateway.Telemetry;

/// <summary>W3C trace context, sent and never taken over: a stranger must not choose trace ids or switch recording on.</summary>
public sealed class OwnTraceContext : DistributedContextPropagator
{
    public const string TraceParent = "traceparent";

    private const string TraceState = "tracestate";

    public override IReadOnlyCollection<string> Fields { get; } = [TraceParent, TraceState];

    /// <summary>The nearest span that is exported becomes the core's parent, so that no trace has a gap.</summary>
    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
        var sent = activity;
        while (sent is not null && sent.Source != RequestTrace.Source)
            sent = sent.Parent;
        if ((sent ?? activity) is { IdFormat: ActivityIdFormat.W3C, Id: { } id })
            setter?.Invoke(carrier, TraceParent, id);
    }

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        traceId = traceState = null;

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
