namespace CoreBank.Simulator.Tests.Hosting;

/// <summary>A test with a core of its own.</summary>
public abstract class CoreTest : IAsyncLifetime
{
    private Core? _core;

    protected Core Core => _core ?? throw new InvalidOperationException("the core is not started");

    public async Task InitializeAsync() => _core = await Core.StartAsync();

    public async Task DisposeAsync() => await Core.DisposeAsync();
}
