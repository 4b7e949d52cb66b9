namespace CorpSecure.Core.Inputs;

/// <summary>What headers and connection say, before anything is believed.</summary>
public sealed record RequestFacts
{
    public required string Method { get; init; }

    /// <summary>The request target exactly as it stood in the request line.</summary>
    public required string Target { get; init; }

    /// <summary>Name of the policy's route; null when none matches.</summary>
    public string? Route { get; init; }

    /// <summary>The path is a route's, the method is not.</summary>
    public bool PathKnown { get; init; }

    /// <summary>The caller's address after trusted proxies.</summary>
    public required string Address { get; init; }

    /// <summary>As many requests as the gateway serves at once are under way already.</summary>
    public bool Overloaded { get; init; }

    public bool HostKnown { get; init; } = true;

    /// <summary>A header that is never accepted, such as <c>Upgrade</c>; its name.</summary>
    public string? ForbiddenHeader { get; init; }

    /// <summary>A header that must stand once and does not; its name.</summary>
    public string? RepeatedHeader { get; init; }

    public bool ContentEncoded { get; init; }

    /// <summary>A transfer coding other than one <c>chunked</c>.</summary>
    public bool TransferCoded { get; init; }

    public bool HasBody { get; init; }

    /// <summary>Announced length in bytes; null when chunked or none.</summary>
    public long? ContentLength { get; init; }

    /// <summary>Media type without parameters, lower case.</summary>
    public string? ContentType { get; init; }

    public string? IdempotencyKey { get; init; }
}
