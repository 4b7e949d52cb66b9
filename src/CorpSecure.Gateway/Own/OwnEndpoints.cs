using System.Collections.Frozen;
using CorpSecure.Core.Policies;
using CorpSecure.Gateway.Hosting;

namespace CorpSecure.Gateway.Own;

/// <summary>All own endpoints by their route. Those the policy does not name cannot be reached.</summary>
public sealed class OwnEndpoints(IEnumerable<OwnEndpoint> all)
{
    private readonly FrozenDictionary<string, OwnEndpoint> byRoute = all.ToFrozenDictionary(endpoint => endpoint.Route);

    public IReadOnlyCollection<OwnEndpoint> All => byRoute.Values;

    public OwnEndpoint For(RoutePolicy route) => byRoute[route.Name];

    /// <exception cref="StartRefusedException">The policy has an own route that nothing here answers.</exception>
    public void Check(Policy policy)
    {
        var faults = policy.Api.All.Where(route => route.Own).Select(FaultOf).OfType<string>().ToArray();
        if (faults.Length > 0)
            throw new StartRefusedException(faults);
    }

    private string? FaultOf(RoutePolicy route)
    {
        if (!byRoute.TryGetValue(route.Name, out var endpoint))
            return $"policy route {route.Name}: the gateway has no such endpoint; it has {string.Join(", ", byRoute.Keys.Order())}";
        return route.Path.Text == endpoint.Path && route.Methods is [var method] && method == endpoint.Method
            ? null
            : $"policy route {route.Name}: must be {endpoint.Method} {endpoint.Path}";
    }
}
