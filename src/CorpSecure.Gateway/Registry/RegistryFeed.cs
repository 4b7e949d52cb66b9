using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Revocations;
using Microsoft.EntityFrameworkCore;

namespace CorpSecure.Gateway.Registry;

/// <summary>Keeps the snapshot current by polling the version, and revocations by polling what is new. Once these cannot be confirmed for five seconds nobody is entitled to anything.</summary>
public sealed partial class RegistryFeed(IDbContextFactory<RegistryContext> contexts, TimeProvider clock, ILogger<RegistryFeed> logger)
    : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim confirming = new(1);
    private readonly RevokedTokens revoked = new();
    private RegistrySnapshot? current;
    private long confirmedAt;

    /// <exception cref="InvalidOperationException">Asked before the start.</exception>
    public RegistrySnapshot Current => current ?? throw new InvalidOperationException("the registry has not been read yet");

    /// <summary>How many revocations are kept in mind.</summary>
    public int Revocations => revoked.Count;

    /// <summary>Asks memory only: what the last poll brought.</summary>
    public bool IsRevoked(Listener listener, TokenFacts token) => Current.IsTooOld(listener, token) || revoked.Contains(listener, token);

    /// <summary>The version was confirmed recently enough that revocations and suspensions are in it.</summary>
    public bool IsFresh => Age <= MaximumAge;

    /// <summary>Since the version was confirmed.</summary>
    public TimeSpan Age => clock.GetElapsedTime(Volatile.Read(ref confirmedAt));

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ConfirmAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Confirms the version, and reads everything anew when it has moved.</summary>
    public async Task ConfirmAsync(CancellationToken cancellation)
    {
        // One at a time: a reader that was held up must not put an older registry over a newer one.
        await confirming.WaitAsync(cancellation);
        try
        {
            await ReadAsync(cancellation);
        }
        finally
        {
            confirming.Release();
        }
    }

    /// <summary>As the other, but a failure is only logged: until it succeeds again the registry counts as unconfirmed.</summary>
    public async Task TryConfirmAsync(CancellationToken cancellation)
    {
        try
        {
            await ConfirmAsync(cancellation);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested) // whatever it is, a registry unconfirmed fails closed and is tried again
        {
            LogUnconfirmed(error.GetType().Name);
        }
    }

    public override void Dispose()
    {
        confirming.Dispose();
        base.Dispose();
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        var asked = clock.GetTimestamp(); // before the question: the answer is at least this recent
        await using var registry = await contexts.CreateDbContextAsync(cancellation);
        var version = await registry.Versions.Select(row => row.Value).SingleAsync(cancellation);
        if (current?.Version != version)
        {
            current = await RegistrySnapshot.LoadAsync(registry, current, cancellation);
            LogRead(current.Version);
            if (current.UnreadableKeys.Count > 0)
                LogUnreadable(string.Join(", ", current.UnreadableKeys));
        }

        await revoked.ReadNewAsync(registry, clock.GetUtcNow(), cancellation);
        Volatile.Write(ref confirmedAt, asked);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await TryConfirmAsync(stoppingToken);
    }

    [LoggerMessage(2001, LogLevel.Information, "Registry version {Version} in force")]
    private partial void LogRead(long version);

    [LoggerMessage(2702, LogLevel.Warning, "Registered keys that cannot be used, because they are damaged or of an algorithm this version does not know: {Keys}")]
    private partial void LogUnreadable(string keys);

    [LoggerMessage(2002, LogLevel.Warning, "The registry's version could not be confirmed: {Error}")]
    private partial void LogUnconfirmed(string error);
}
