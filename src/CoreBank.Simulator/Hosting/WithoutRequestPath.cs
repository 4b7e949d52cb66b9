using Serilog.Core;
using Serilog.Events;

namespace CoreBank.Simulator.Hosting;

/// <summary>Takes the path that the server adds to every log line away again: paths name accounts and payments.</summary>
public sealed class WithoutRequestPath : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) => logEvent.RemovePropertyIfPresent("RequestPath");
}
