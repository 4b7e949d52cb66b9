using System.Collections.Immutable;

namespace CorpSecure.Core.Policies;

/// <summary>What a rate limit counts by; several together count each combination apart.</summary>
[Flags]
public enum RateScope
{
    None = 0,
    Address = 1,
    User = 2,
    Client = 4,
    Operation = 8,
    Route = 16,
}

public enum RateKind
{
    /// <summary>A window begins with its first request.</summary>
    Fixed,

    /// <summary>Never more than the permits within any stretch of the window's length.</summary>
    Sliding,

    /// <summary>Permits grow back steadily, up to a burst.</summary>
    TokenBucket,

    /// <summary>Requests under way at once.</summary>
    Concurrency,
}

/// <summary>One limit on how often, or how many at once.</summary>
public sealed record RateLimitPolicy
{
    public required string Name { get; init; }

    public required RateScope Per { get; init; }

    public required RateKind Kind { get; init; }

    /// <summary>Requests in a window, or at once; of a token bucket its burst.</summary>
    public required int Permits { get; init; }

    /// <summary>The window; of a token bucket the time in which it fills from empty; none for concurrency.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>Names of the routes it applies to; empty: all.</summary>
    public ImmutableArray<string> Routes { get; init; } = [];

    /// <param name="route">Null when no route matched.</param>
    public bool AppliesTo(RoutePolicy? route) => Routes.IsEmpty || (route is not null && Routes.Contains(route.Name));
}

public static class RateScopes
{
    /// <summary>Such a limit needs to know nothing of the caller but the address, so it is asked before anyone is authenticated.</summary>
    public static bool IsOfStrangers(this RateScope per) => per.HasFlag(RateScope.Address) && !per.HasFlag(RateScope.User) && !per.HasFlag(RateScope.Client);

    /// <summary>What is left of it says something of this caller only, so the caller may be told.</summary>
    public static bool IsOfOneCaller(this RateScope per) => (per & (RateScope.Address | RateScope.User | RateScope.Client)) != 0;
}
