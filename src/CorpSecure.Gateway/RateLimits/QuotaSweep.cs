namespace CorpSecure.Gateway.RateLimits;

/// <summary>Keeps memory in step with who has asked lately.</summary>
public sealed class QuotaSweep(RequestLimits limits, TimeProvider clock) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            limits.Sweep();
    }
}
