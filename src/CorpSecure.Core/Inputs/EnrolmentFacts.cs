namespace CorpSecure.Core.Inputs;

/// <summary>The key that a request brings to have it registered, and whether its sender holds the private part.</summary>
public sealed record EnrolmentFacts
{
    /// <summary>Reason code when there is no key, or the request is not signed by it.</summary>
    public string? Fault { get; init; }

    /// <summary>The key's thumbprint.</summary>
    public string KeyId { get; init; } = "";

    public string Algorithm { get; init; } = "";

    /// <summary>The registry has this key already, whoever's it is and whatever its state.</summary>
    public bool Registered { get; init; }

    /// <summary>How many keys the user has that are neither retired nor revoked.</summary>
    public int KeysHeld { get; init; }
}
