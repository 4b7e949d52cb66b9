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

    /// <summary>The sign-in session it belongs to; null when it belongs to none.</summary>
    public string? Session { get; init; }

    /// <summary>Who issued it, if not the embedded server. Such an issuer's names all begin with its prefix.</summary>
    public string? Issuer { get; init; }

    public string Acr { get; init; } = "";

    public IReadOnlyList<string> Amr { get; init; } = [];

    public DateTimeOffset AuthTime { get; init; }

    public DateTimeOffset IssuedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Bound to nobody: whoever has it could use it.</summary>
    public bool Unbound { get; init; }

    /// <summary>Bound to a key, so that each request needs a proof of its own.</summary>
    public bool KeyBound { get; init; }

    /// <summary>Checked on every request, cached token or not.</summary>
    public bool BindingHolds { get; init; } = true;

    /// <summary>Reason code when the certificate that the token is bound to does not count any more.</summary>
    public string? SenderFault { get; init; }

    /// <summary>Checked on every request, cached token or not.</summary>
    public bool Revoked { get; init; }

    /// <summary>Nothing is wrong with it and with who sent it, so far as the token alone can tell.</summary>
    public bool IsGood(DateTimeOffset at) => Fault is null && at < ExpiresAt && !Revoked && !Unbound && BindingHolds && SenderFault is null;
}
