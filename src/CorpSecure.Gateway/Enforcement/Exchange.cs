using CorpSecure.Core.Checks.RequestShape;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;
using CorpSecure.Gateway.Bodies;
using CorpSecure.Gateway.RateLimits;
using CorpSecure.Gateway.Registry;

namespace CorpSecure.Gateway.Enforcement;

/// <summary>One request on its way through the stages. Later middleware finds it among the context's features.</summary>
public sealed class Exchange(HttpContext context, Listener listener, RegistrySnapshot registry, AddressKey address, Facts facts, RoutePolicy? route)
{
    public HttpContext Context => context;

    public Listener Listener => listener;

    /// <summary>One moment of the registry for all questions of this request.</summary>
    public RegistrySnapshot Registry => registry;

    /// <summary>What counts as the caller's address.</summary>
    public AddressKey Address => address;

    public Facts Facts { get; set; } = facts;

    /// <summary>The nonce for the caller's next proof, where the answer is to carry one.</summary>
    public string? NextNonce { get; set; }

    /// <summary>What the rate limits have answered so far.</summary>
    public RateTally? Rates { get; set; }

    /// <exception cref="InvalidOperationException">Asked although the shape stage found no route.</exception>
    public RoutePolicy Route => route ?? throw new InvalidOperationException("no route");

    public RoutePolicy? MatchedRoute => route;

    /// <summary>The exact bytes that were verified and will be forwarded.</summary>
    public ReceivedBody Body { get; set; } = ReceivedBody.None;

    public Decision? Decision { get; set; }

    /// <summary>The value of a named segment of the route's path.</summary>
    public string PathParameter(string name) => Route.Path.Parameter(CanonicalTarget.Path(Facts.Request.Target), name);

    public static Exchange Of(HttpContext context) => context.Features.GetRequiredFeature<Exchange>();
}

internal static class FeatureExtensions
{
    public static T GetRequiredFeature<T>(this Microsoft.AspNetCore.Http.Features.IFeatureCollection features) =>
        features.Get<T>() ?? throw new InvalidOperationException($"{typeof(T).Name} is not there");
}
