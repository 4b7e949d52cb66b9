namespace CoreBank.Simulator.Hosting;

/// <summary>What the simulator logs. Targets, numbers and names stay out: a decision id finds the rest in the call log.</summary>
public static partial class SimulatorEvents
{
    [LoggerMessage(6000, LogLevel.Information, "Listening on {Address}, control on {ControlAddress}")]
    public static partial void Listening(this ILogger logger, Uri address, Uri controlAddress);

    [LoggerMessage(6001, LogLevel.Warning, "Call {Sequence} of decision {DecisionId} rejected: {Reason}")]
    public static partial void Rejected(this ILogger logger, long sequence, string? decisionId, string reason);

    [LoggerMessage(6002, LogLevel.Error, "A call failed unexpectedly")]
    public static partial void Failed(this ILogger logger, Exception exception);

    [LoggerMessage(6003, LogLevel.Information, "Call {Sequence} of decision {DecisionId} meets {Mishap}")]
    public static partial void Mishap(this ILogger logger, long sequence, string? decisionId, Control.Mishap mishap);

    [LoggerMessage(6004, LogLevel.Information, "Stopped")]
    public static partial void Stopped(this ILogger logger);

    [LoggerMessage(6005, LogLevel.Debug, "A caller went away during its call: {Kind}")]
    public static partial void Abandoned(this ILogger logger, string kind);
}
