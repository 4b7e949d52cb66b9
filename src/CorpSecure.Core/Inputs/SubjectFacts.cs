namespace CorpSecure.Core.Inputs;

/// <summary>What the registry says of the user. Claims never entitle.</summary>
public sealed record SubjectFacts
{
    /// <summary>The registry's answer is recent enough to rely on.</summary>
    public bool Fresh { get; init; } = true;

    /// <summary>The user is registered with this natural person and this client.</summary>
    public bool Known { get; init; }

    public bool Active { get; init; }

    public bool ClientActive { get; init; }

    public IReadOnlyList<string> Roles { get; init; } = [];
}
