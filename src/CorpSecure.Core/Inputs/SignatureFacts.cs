namespace CorpSecure.Core.Inputs;

/// <summary>The message signature, verified over the received message, or why it does not count.</summary>
public sealed record SignatureFacts
{
    /// <summary>Reason code when there is no valid signature.</summary>
    public string? Fault { get; init; }

    public string KeyId { get; init; } = "";

    public string Nonce { get; init; } = "";

    public DateTimeOffset Created { get; init; }

    /// <summary>By a key that the body brings: as good as its header part, until the body has been read.</summary>
    public bool ByKeyInBody { get; init; }
}
