using Serilog.Core;
using Serilog.Events;

namespace CorpSecure.Identity.Hosting;

/// <summary>Takes the path that the server adds to every log line away again: what stands in it was written by a stranger.</summary>
public sealed class WithoutRequestPath : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) => logEvent.RemovePropertyIfPresent("RequestPath");
}
