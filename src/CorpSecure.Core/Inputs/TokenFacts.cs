namespace CorpSecure.Core.Inputs;

/// <summary>The verified token, or why it is not one.</summary>
public sealed record TokenFacts
{
    /// <summary>Reason code when there is no valid token; then nothing else here is set.</summary>
    public string? Fault { get; init; }

    public string Subject { get; init; } = "";

    /// <summary>The natural person behind the login.</summary>
    public string Person { get; init; } = "";

    /// <summary>The corporate client; empty for bank staff.</summary>
    public string Client { get; init; } = "";

    /// <summary>The OAuth client that holds the token.</summary>
    public string Holder { get; init; } = "";

    public string TokenId { get; init; } = "";

    public string Acr { get; init; } = "";

    public IReadOnlyList<string> Amr { get; init; } = [];

    public DateTimeOffset AuthTime { get; init; }

    public DateTimeOffset IssuedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Checked on every request, cached token or not.</summary>
    public bool BindingHolds { get; init; } = true;

    /// <summary>Checked on every request, cached token or not.</summary>
    public bool Revoked { get; init; }
}
