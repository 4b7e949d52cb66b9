namespace CorpSecure.Acceptance.Tests.Targets;

/// <summary>What somebody with access to the machine does to a running system.</summary>
internal abstract class Hands : IAsyncDisposable
{
    /// <summary>How many gateways serve.</summary>
    public abstract Task<int> ReplicasAsync();

    public abstract Task StopDatabaseAsync();

    public abstract Task StartDatabaseAsync();

    /// <summary>Stops one gateway in order and starts it again.</summary>
    public abstract Task RestartGatewayAsync();

    public abstract ValueTask DisposeAsync();
}
