using System.Runtime.InteropServices;

namespace CorpSecure.DevHost.Hosting;

/// <summary>The first signal asks for an orderly end; a second one ends at once, and the children with us.</summary>
internal sealed class Shutdown : IDisposable
{
    private const int SignalExit = 130;

    private readonly CancellationTokenSource requested = new();
    private readonly List<PosixSignalRegistration> registrations = [];

    public Shutdown()
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT })
            registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
    }

    public CancellationToken Requested => requested.Token;

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        requested.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (requested.IsCancellationRequested)
            Environment.Exit(SignalExit);
        requested.Cancel();
    }
}
