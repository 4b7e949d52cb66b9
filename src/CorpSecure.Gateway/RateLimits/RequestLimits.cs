using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;
using CorpSecure.Gateway.Enforcement;
using CorpSecure.Gateway.RateLimits.Shared;

namespace CorpSecure.Gateway.RateLimits;

/// <summary>Asks the limits: those of strangers before anyone is authenticated, those of callers once they are known.</summary>
public sealed class RequestLimits
{
    private static readonly Meter Meter = new("CorpSecure.Gateway");
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>("corpsecure_rate_limit_refusals_total", description: "Requests that a rate limit had no room for");

    private readonly FrozenDictionary<(Listener Listener, string Route), RouteLimits> routes;
    private readonly RouteLimits[] unrouted;
    private readonly RateLimit[] all;
    private readonly SharedLimits? shared;

    public RequestLimits(Policy policy, TimeProvider clock, SharedLimits? shared = null)
    {
        this.shared = shared;
        var byListener = Enum.GetValues<Listener>()
            .Select(listener => policy.Limits(listener).Select(limit => new RateLimit(limit, shared?.Share ?? 1, clock)).ToArray()).ToArray();
        all = [.. byListener.SelectMany(limits => limits)];
        unrouted = [.. byListener.Select(limits => new RouteLimits(null, limits))];
        routes = Enum.GetValues<Listener>()
            .SelectMany(listener => policy.Routes(listener).All.Select(route => (Key: (listener, route.Name), Limits: new RouteLimits(route, byListener[(int)listener]))))
            .ToFrozenDictionary(entry => entry.Key, entry => entry.Limits);
    }

    /// <summary>How many addresses, clients, users and so on are being counted.</summary>
    public int Counted => all.Sum(limit => limit.Table.Count);

    /// <returns>The limit that had no room.</returns>
    public async ValueTask<RateFacts?> TakeAsync(Exchange exchange, Stage stage)
    {
        var tally = exchange.Rates ??= new RateTally(exchange.MatchedRoute is { } route ? routes[(exchange.Listener, route.Name)] : unrouted[(int)exchange.Listener]);
        var grant = stage == Stage.Shape
            ? tally.Strangers = await TakeAsync(exchange, tally.Limits.Strangers)
            : tally.Callers = await TakeAsync(exchange, tally.Limits.Callers);
        if (grant.Refused?.Policy is not { } refused)
            return null;
        Refusals.Add(1, new KeyValuePair<string, object?>("limit", refused.Name));
        return new RateFacts(refused.Name, refused.Per, refused.Kind);
    }

    /// <summary>The request is over, however it ended: what counts only while it is used comes back.</summary>
    public void Release(Exchange exchange)
    {
        Release(exchange, exchange.Rates?.Strangers);
        Release(exchange, exchange.Rates?.Callers);
    }

    public void Sweep()
    {
        foreach (var limit in all)
            limit.Table.Sweep();
    }

    private void Release(Exchange exchange, RateGrant? grant)
    {
        grant?.Release();
        if (grant?.Shared is { Refused: RateGrant.None } answer)
            shared!.Release(grant.Chain, answer.Keys, exchange.Facts.DecisionId);
    }

    private async ValueTask<RateGrant> TakeAsync(Exchange exchange, RateLimitChain chain)
    {
        var subject = Subject(exchange);
        // This replica's own limiters count along, so that its share is not given anew whenever the others cannot be asked.
        var own = chain.Take(subject);
        if (shared is null || chain.Limits.IsEmpty)
            return own;
        return await shared.TakeAsync(exchange.Listener, chain, subject, exchange.Facts.DecisionId) is { } answer ? own.With(answer) : own;
    }

    private static RateSubject Subject(Exchange exchange)
    {
        var token = exchange.Facts.Token is { Fault: null } valid ? valid : null;
        return new RateSubject(exchange.Address, token?.Client ?? "", token?.Subject ?? "", exchange.MatchedRoute?.Operation ?? "", exchange.MatchedRoute?.Name ?? "");
    }
}
