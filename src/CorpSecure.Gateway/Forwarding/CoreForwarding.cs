using CorpSecure.Gateway.Hosting;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.LoadBalancing;

namespace CorpSecure.Gateway.Forwarding;

/// <summary>The one cluster: the bank's core. Enforcement has decided before a request gets here, so one route takes all.</summary>
public static class CoreForwarding
{
    public const string Cluster = "core";

    public static IReadOnlyList<RouteConfig> Routes { get; } =
        [new RouteConfig { RouteId = Cluster, ClusterId = Cluster, Match = new RouteMatch { Path = "/{**target}" } }];

    public static IReadOnlyList<ClusterConfig> Clusters(CoreSection core) =>
    [
        new ClusterConfig
        {
            ClusterId = Cluster,
            LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
            Destinations = core.Destinations
                .Select((address, i) => (address, i))
                .ToDictionary(entry => $"core-{entry.i + 1}", entry => new DestinationConfig { Address = entry.address }),
            HealthCheck = new HealthCheckConfig
            {
                Active = new ActiveHealthCheckConfig
                {
                    Enabled = true, Interval = core.HealthInterval, Timeout = TimeSpan.FromSeconds(2), Path = core.HealthPath, Policy = "ConsecutiveFailures",
                },
                AvailableDestinationsPolicy = "HealthyOrPanic",
            },
            HttpRequest = new ForwarderRequestConfig
            {
                ActivityTimeout = core.ActivityTimeout, Version = new Version(1, 1), VersionPolicy = HttpVersionPolicy.RequestVersionExact, AllowResponseBuffering = false,
            },
        },
    ];
}
