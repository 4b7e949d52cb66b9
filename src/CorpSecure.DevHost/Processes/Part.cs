namespace CorpSecure.DevHost.Processes;

/// <summary>A server of the system: what to start and how to see that it is ready.</summary>
public sealed record Part(string Name, TetheredCommand Command)
{
    /// <summary>True once it serves. Called again and again; a connection refused is no error.</summary>
    public required Func<CancellationToken, Task<bool>> IsReady { get; init; }

    public TimeSpan ReadyLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From the request to stop until it is killed.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>A part ended although nobody asked it to, or was not ready in time.</summary>
public sealed class PartFailedException(string part, string what, string logFile)
    : Exception($"{part} {what}. The end of {logFile}:\n\n{LogTail.Of(logFile)}")
{
    public string Part => part;
}
