using System.Collections.Immutable;
using CorpSecure.Core.Inputs;

namespace CorpSecure.Core.Policies;

/// <summary>What is allowed at all. Anything it does not name is denied.</summary>
/// <param name="Version">Names this text for good; another text needs another version.</param>
/// <param name="Digest">SHA-256 of the document this was read from.</param>
public sealed record Policy(string Version, ImmutableArray<byte> Digest, SignatureRules Signatures, RouteTable Api, RouteTable Ops)
{
    public RouteTable Routes(Listener listener) => listener switch
    {
        Listener.Api => Api,
        Listener.Ops => Ops,
    };

    public ImmutableArray<RateLimitPolicy> ApiLimits { get; init; } = [];

    public ImmutableArray<RateLimitPolicy> OpsLimits { get; init; } = [];

    public ImmutableArray<RateLimitPolicy> Limits(Listener listener) => listener switch
    {
        Listener.Api => ApiLimits,
        Listener.Ops => OpsLimits,
    };

    /// <returns>Null when no route matched, or this policy does not have that route.</returns>
    public RoutePolicy? FindRoute(Facts facts) =>
        facts.Request.Route is { } name && Routes(facts.Listener).ByName.TryGetValue(name, out var route) ? route : null;

    /// <summary>The route is there for everybody, so nobody is asked who they are.</summary>
    public bool IsPublic(Facts facts) => FindRoute(facts) is { Public: true };

    /// <exception cref="KeyNotFoundException">The route is not in this policy.</exception>
    public RoutePolicy Route(Facts facts) => Routes(facts.Listener).ByName[facts.Request.Route!];
}

/// <param name="MaximumAge">Oldest signature accepted.</param>
/// <param name="ClockSkew">How far ahead a signature's time may lie.</param>
/// <param name="CoolingOff">How long a newly enrolled key must wait before it signs.</param>
public sealed record SignatureRules(TimeSpan MaximumAge, TimeSpan ClockSkew, TimeSpan CoolingOff);
