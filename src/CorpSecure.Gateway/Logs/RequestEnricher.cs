using System.Diagnostics;
using CorpSecure.Gateway.Telemetry;
using Serilog.Core;
using Serilog.Events;

namespace CorpSecure.Gateway.Logs;

/// <summary>Every line of a request names its decision, whoever writes it. The path that the server adds is taken away: paths name accounts.</summary>
public sealed class RequestEnricher : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        logEvent.RemovePropertyIfPresent("RequestPath");
        for (var activity = Activity.Current; activity is not null; activity = activity.Parent)
        {
            if (activity.GetTagItem(RequestTrace.DecisionId) is not { } id)
                continue;
            logEvent.AddPropertyIfAbsent(new LogEventProperty("DecisionId", new ScalarValue(id)));
            return;
        }
    }
}
