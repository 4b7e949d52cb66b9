using Microsoft.Extensions.Logging;

namespace CorpSecure.Cli.Sessions;

/// <summary>What the SDK logs, on standard error. The factory's own lines about each request are left out.</summary>
internal sealed class ErrorLog(TextWriter error) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) =>
        new Lines(error, categoryName.StartsWith("CorpSecure.", StringComparison.Ordinal));

    public void Dispose()
    {
    }

    private sealed class Lines(TextWriter error, bool isOurs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => isOurs && logLevel >= LogLevel.Debug;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                error.WriteLine(formatter(state, exception));
            }
        }
    }
}
