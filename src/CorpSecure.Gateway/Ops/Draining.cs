using CorpSecure.Gateway.Hosting;

namespace CorpSecure.Gateway.Ops;

/// <summary>Between the signal to stop and the closing of the doors: readiness is false, and balancers have time to see it.</summary>
public sealed partial class Draining(GatewaySettings settings, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<Draining> logger) : IHostedLifecycleService
{
    /// <summary>Longest wait for requests in flight once the doors are closed.</summary>
    public static readonly TimeSpan LastRequests = TimeSpan.FromSeconds(30);

    private volatile bool begun;

    /// <summary>A signal is told to the application first; a stop from within begins here.</summary>
    public bool HasBegun => begun || lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Runs before any part is stopped, the listeners among them.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        begun = true;
        LogBegun(settings.Gateway.DrainDelay);
        if (settings.Gateway.DrainDelay > TimeSpan.Zero)
            await Task.Delay(settings.Gateway.DrainDelay, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(2910, LogLevel.Information, "Draining: no longer ready, listeners close after {Delay}")]
    private partial void LogBegun(TimeSpan delay);
}
