namespace CorpSecure.Gateway.RateLimits.Shared;

public sealed class RateLimitsSection
{
    public SharedLimitsSection Shared { get; init; } = new();
}

/// <summary>Limits that several replicas keep together, in a server that speaks the Redis protocol. Naming one switches it on.</summary>
public sealed class SharedLimitsSection
{
    /// <summary><c>host:port</c>, one or several nodes of one server.</summary>
    public string[] Endpoints { get; init; } = [];

    public bool Tls { get; init; } = true;

    /// <summary>Trusted for the server's certificate; empty: the system's roots.</summary>
    public string CaFile { get; init; } = "";

    public string User { get; init; } = "";

    public string PasswordFile { get; init; } = "";

    /// <summary>Begins every key; replicas that share limits have the same.</summary>
    public string KeyPrefix { get; init; } = "corpsecure";

    /// <summary>An answer that takes longer counts as none.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The part of every limit's permits that this replica gives while the server is away: one by the number of replicas.</summary>
    public double Share { get; init; } = 0.5;

    public bool IsOn => Endpoints.Length > 0;
}
