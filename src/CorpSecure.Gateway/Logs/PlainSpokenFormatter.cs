using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using CorpSecure.Ledger;
using Npgsql;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Compact;

namespace CorpSecure.Gateway.Logs;

/// <summary>Compact JSON in which an exception is told by type and place. Its message may repeat what a caller sent, so only the words of a few are passed on.</summary>
public sealed class PlainSpokenFormatter : ITextFormatter
{
    private readonly CompactJsonFormatter json = new();

    public void Format(LogEvent logEvent, TextWriter output)
    {
        if (logEvent.Exception is { } exception)
        {
            logEvent = new LogEvent(
                logEvent.Timestamp, logEvent.Level, new ToldException(Tell(exception)), logEvent.MessageTemplate,
                logEvent.Properties.Select(property => new LogEventProperty(property.Key, property.Value)),
                logEvent.TraceId ?? default, logEvent.SpanId ?? default);
        }

        json.Format(logEvent, output);
    }

    private static string Tell(Exception exception)
    {
        var text = new StringBuilder();
        for (var error = exception; error is not null; error = error.InnerException)
        {
            text.Append(text.Length == 0 ? "" : "\n ---> ").Append(error.GetType().FullName);
            if (Words(error) is { } words)
                text.Append(": ").Append(words);
            if (error.StackTrace is { } trace)
                text.Append('\n').Append(trace);
        }

        return text.ToString();
    }

    /// <summary>What an infrastructure says of itself. A statement's error repeats values, so only its code is told.</summary>
    private static string? Words(Exception error) => error switch
    {
        PostgresException database => $"SQLSTATE {database.SqlState}",
        NpgsqlException or LedgerUnavailableException or SocketException or AuthenticationException or TimeoutException => error.Message,
        _ => null,
    };

    private sealed class ToldException(string text) : Exception
    {
        public override string ToString() => text;
    }
}
