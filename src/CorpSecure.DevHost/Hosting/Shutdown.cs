using System.Runtime.InteropServices;

namespace CorpSecure.DevHost.Hosting;

/// <summary>
/// The first signal asks for an orderly end; another one, later, ends at once, and the children with us. Later, because
/// `timeout`, `dotnet run` and terminals send one wish twice: to the process and to its group.
/// </summary>
internal sealed class Shutdown : IDisposable
{
    private const int SignalExit = 130;

    private static readonly TimeSpan SameWish = TimeSpan.FromSeconds(2);

    private readonly TimeProvider time;
    private long first;

    private readonly CancellationTokenSource requested = new();
    private readonly List<PosixSignalRegistration> registrations = [];

    public Shutdown(TimeProvider time)
    {
        this.time = time;
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
        if (!requested.IsCancellationRequested)
        {
            first = time.GetTimestamp();
            requested.Cancel();
        }
        else if (time.GetElapsedTime(first) > SameWish)
        {
            Environment.Exit(SignalExit);
        }
    }
}
