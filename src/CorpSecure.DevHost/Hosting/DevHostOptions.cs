namespace CorpSecure.DevHost.Hosting;

/// <summary>What the command line asks for.</summary>
public sealed record DevHostOptions(string DataDirectory)
{
    public bool Reset { get; init; }

    public int PortOffset { get; init; }

    public bool Tour { get; init; }

    /// <summary>An administrator's connection string; none starts a private cluster.</summary>
    public string? Postgres { get; init; }
}
