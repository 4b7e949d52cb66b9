namespace CorpSecure.Gateway.RateLimits.Shared;

/// <summary>Whether the limits are shared just now. A server that comes and goes must prove itself longer each time.</summary>
public sealed partial class SharedState(TimeProvider clock, ILogger<SharedState> logger)
{
    /// <summary>So many answers in a row that came too late, and the server counts as away.</summary>
    public const int Patience = 3;

    public const int FewestProofs = 2;
    public const int MostProofs = 60;

    /// <summary>Who has stayed for so long is trusted like at first.</summary>
    public static readonly TimeSpan Calm = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private volatile bool away;
    private long? returned;
    private int late;
    private int proofs;
    private int needed = FewestProofs;

    public bool IsAway => away;

    public void Answered()
    {
        if (Volatile.Read(ref late) != 0)
            Volatile.Write(ref late, 0);
    }

    public void WasLate()
    {
        if (Interlocked.Increment(ref late) >= Patience)
            Lost("it answers too late");
    }

    public void Lost(string why)
    {
        lock (gate)
        {
            proofs = 0;
            if (away)
                return;
            needed = returned is { } since && clock.GetElapsedTime(since) < Calm ? Math.Min(needed * 2, MostProofs) : FewestProofs;
            away = true;
        }

        LogAway(why);
    }

    /// <summary>It was asked while it counted as away, and answered in time.</summary>
    public void Proved()
    {
        lock (gate)
        {
            if (!away || ++proofs < needed)
                return;
            away = false;
            late = 0;
            returned = clock.GetTimestamp();
        }

        LogBack();
    }

    [LoggerMessage(2601, LogLevel.Error, "Rate limits are not shared any more, each replica gives its own share: {Why}")]
    private partial void LogAway(string why);

    [LoggerMessage(2602, LogLevel.Warning, "Rate limits are shared again")]
    private partial void LogBack();
}
