using CorpSecure.DevHost.Hosting;

namespace CorpSecure.DevHost.Demo;

/// <summary>Where the parts of a system listen, and how each is reached by the outside and by the others.</summary>
internal sealed record Placement
{
    /// <summary>As seen from outside: what tokens name and signatures cover.</summary>
    public required DemoAddresses Addresses { get; init; }

    public required PortPlan Listening { get; init; }

    public required string ListenAddress { get; init; }

    /// <summary>The core, as the gateway reaches it.</summary>
    public required string Core { get; init; }

    /// <summary>By realm: where the gateway reaches an issuer, if not where its name leads.</summary>
    public Func<string, string> IssuerPlace { get; init; } = _ => "";

    /// <summary>The last part of a replica's name.</summary>
    public string ReplicaSuffix { get; init; } = "1";

    public string? CallLog { get; init; }

    /// <summary>All on this machine, and for nobody else.</summary>
    public static Placement Loopback(PortPlan ports, string callLog) => new()
    {
        Addresses = DemoAddresses.Of(ports),
        Listening = ports,
        ListenAddress = "127.0.0.1",
        Core = DemoAddresses.Origin(ports.Core),
        CallLog = callLog,
    };
}
