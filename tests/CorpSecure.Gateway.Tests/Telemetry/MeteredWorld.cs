using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Telemetry;

/// <summary>A gateway that was started last: meters belong to the process, and one host that ends takes the measurements of an older one with it.</summary>
public sealed class MeteredWorld(Surroundings surroundings) : IAsyncLifetime
{
    public GatewayWorld World { get; private set; } = null!;

    public async Task InitializeAsync() => World = await GatewayWorld.StartAsync(surroundings, policy: PolicyText.Roomy);

    public async Task DisposeAsync() => await World.DisposeAsync();
}
