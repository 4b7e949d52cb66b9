namespace CorpSecure.Core.Inputs;

/// <summary>The body, read once; the same bytes are verified and forwarded.</summary>
public sealed record BodyFacts
{
    /// <summary>Reason code when it cannot be used.</summary>
    public string? Fault { get; init; }

    /// <summary>Where the fault lies: a JSON pointer or a byte offset.</summary>
    public string? Place { get; init; }

    public long Length { get; init; }

    /// <summary>SHA-256 of the exact bytes, base64url.</summary>
    public string Digest { get; init; } = "";
}
