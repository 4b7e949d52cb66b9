using System.Diagnostics.Metrics;

namespace CorpSecure.Gateway.Requests;

/// <summary>
/// Counts what ends a connection below any request: HTTP/2 that breaks its protocol, and TLS that does not come about. The server has no
/// event for these, but it measures every connection and handshake with the error that ended it.
/// </summary>
public sealed class BrokenConnections : IHostedService, IDisposable
{
    private const string Server = "Microsoft.AspNetCore.Server.Kestrel";

    // How connections end that nobody broke.
    private static readonly HashSet<string> Ordinary = ["client_reset", "connection_reset", "keep_alive_timeout", "app_shutdown_timeout", "server_shutdown"];

    private readonly MeterListener listener = new();

    public BrokenConnections(IMeterFactory meters)
    {
        listener.InstrumentPublished = (instrument, published) =>
        {
            if (instrument.Meter.Name == Server && ReferenceEquals(instrument.Meter.Scope, meters)
                && instrument.Name is "kestrel.connection.duration" or "kestrel.tls_handshake.duration")
            {
                published.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>(OnEnded);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        listener.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => listener.Dispose();

    private static void OnEnded(Instrument instrument, double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var error = Find(tags, "error.type");
        if (error is null || Ordinary.Contains(error))
            return;
        if (instrument.Name == "kestrel.tls_handshake.duration")
            RejectedBytes.Count("tls");
        else if (Find(tags, "network.protocol.version") == "2")
            RejectedBytes.Count("http2"); // a bad HTTP/1 request has its own event
    }

    private static string? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (key, value) in tags)
        {
            if (key == name)
                return value?.ToString();
        }

        return null;
    }
}
