namespace CorpSecure.Gateway.Tests.Logs;

/// <summary>What the host writes to standard output, line by line as it is written.</summary>
public sealed class LogCapture : IDisposable
{
    private readonly TextWriter before = Console.Out;
    private readonly StringWriter written = new();

    public LogCapture() => Console.SetOut(TextWriter.Synchronized(written));

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (Console.Out)
                return written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
    }

    public void Dispose() => Console.SetOut(before);
}
