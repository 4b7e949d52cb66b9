using CorpSecure.Core.Policies;

namespace CorpSecure.Gateway.Policies;

/// <summary>A rate limit as it is written: which members it has depends on its kind.</summary>
public sealed record RateLimitDocument
{
    public string Name { get; init; } = "";

    /// <summary><c>address</c>, <c>user</c>, <c>client</c>, <c>operation</c>, <c>route</c>, or several joined by <c>+</c>.</summary>
    public string Per { get; init; } = "";

    /// <summary><c>fixed</c>, <c>sliding</c>, <c>token-bucket</c> or <c>concurrency</c>.</summary>
    public string Kind { get; init; } = "";

    public int? Permits { get; init; }

    public TimeSpan? Window { get; init; }

    /// <summary>Of a token bucket: how much it holds.</summary>
    public int? Burst { get; init; }

    public int? TokensPerPeriod { get; init; }

    public TimeSpan? Period { get; init; }

    public IReadOnlyList<string> Routes { get; init; } = [];

    public RateScope Scope => Per.Split('+').Aggregate(RateScope.None, (scopes, name) => scopes | (ScopeOf(name) ?? RateScope.None));

    public RateKind? KindOf => Kind switch
    {
        "fixed" => RateKind.Fixed,
        "sliding" => RateKind.Sliding,
        "token-bucket" => RateKind.TokenBucket,
        "concurrency" => RateKind.Concurrency,
        _ => null,
    };

    /// <summary>Of a valid document.</summary>
    public RateLimitPolicy Build() => new()
    {
        Name = Name,
        Per = Scope,
        Kind = KindOf!.Value,
        Permits = (KindOf == RateKind.TokenBucket ? Burst : Permits)!.Value,
        Window = KindOf == RateKind.TokenBucket ? Period!.Value * ((double)Burst!.Value / TokensPerPeriod!.Value) : Window ?? TimeSpan.Zero,
        Routes = [.. Routes],
    };

    public static RateScope? ScopeOf(string name) => name switch
    {
        "address" => RateScope.Address,
        "user" => RateScope.User,
        "client" => RateScope.Client,
        "operation" => RateScope.Operation,
        "route" => RateScope.Route,
        _ => null,
    };
}
