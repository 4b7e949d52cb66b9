using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CorpSecure.Gateway.Requests;

/// <summary>Counts what the server itself rejects before any middleware: such bytes have no decision, but they are not unseen.</summary>
public sealed class RejectedBytes(DiagnosticListener listener) : IHostedService, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string Event = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    private static readonly Meter Meter = new("CorpSecure.Gateway");
    private static readonly Counter<long> Rejected = Meter.CreateCounter<long>("corpsecure_rejected_bytes_total", description: "Requests and connections that were no HTTP, by layer");

    private IDisposable? subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        subscription = listener.Subscribe(this, name => name == Event);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        subscription?.Dispose();
        return Task.CompletedTask;
    }

    public void OnNext(KeyValuePair<string, object?> value) => Count("http1");

    internal static void Count(string layer) => Rejected.Add(1, new KeyValuePair<string, object?>("layer", layer));

    public void OnError(Exception error)
    {
    }

    public void OnCompleted()
    {
    }

    public void Dispose() => subscription?.Dispose();
}
