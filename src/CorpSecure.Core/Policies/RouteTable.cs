using System.Collections.Frozen;
using System.Collections.Immutable;

namespace CorpSecure.Core.Policies;

/// <summary>The routes of one listener.</summary>
public sealed class RouteTable(ImmutableArray<RoutePolicy> routes)
{
    public static readonly RouteTable Empty = new([]);

    public ImmutableArray<RoutePolicy> All => routes;

    public FrozenDictionary<string, RoutePolicy> ByName { get; } = routes.ToFrozenDictionary(route => route.Name);

    /// <summary>From the left, a literal segment comes before a named one, so the outcome does not depend on the document's order.</summary>
    private readonly ImmutableArray<RoutePolicy> ordered = [.. routes.OrderBy(route => route.Path.Precedence, StringComparer.Ordinal)];

    /// <param name="path">A canonical path without query.</param>
    /// <param name="pathKnown">Some route has this path, whatever its methods.</param>
    public RoutePolicy? Find(string method, ReadOnlySpan<char> path, out bool pathKnown)
    {
        pathKnown = false;
        foreach (var route in ordered)
        {
            if (!route.Path.Matches(path))
                continue;
            pathKnown = true;
            if (route.Methods.Contains(method))
                return route;
        }

        return null;
    }
}
