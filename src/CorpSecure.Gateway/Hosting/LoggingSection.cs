namespace CorpSecure.Gateway.Hosting;

/// <summary>Section <c>Logging</c>; a change in the file of <c>--config</c> takes effect without a restart.</summary>
public sealed class LoggingSection
{
    /// <summary>Of the gateway's own lines. Frameworks speak from warnings up, whatever it is: their lower lines repeat requests.</summary>
    public Serilog.Events.LogEventLevel Level { get; init; } = Serilog.Events.LogEventLevel.Information;
}
