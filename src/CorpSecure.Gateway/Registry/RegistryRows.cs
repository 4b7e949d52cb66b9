namespace CorpSecure.Gateway.Registry;

/// <summary>A corporate client of the bank.</summary>
public sealed class ClientRow
{
    public required string Id { get; init; }

    public required string Name { get; set; }

    public required string Status { get; set; }
}

/// <summary>A login of a natural person, of a client or of the bank.</summary>
public sealed class UserRow
{
    /// <summary>The token's <c>sub</c>.</summary>
    public required string Subject { get; init; }

    /// <summary><c>corporate</c> or <c>staff</c>.</summary>
    public required string Realm { get; init; }

    public required string Person { get; set; }

    /// <summary>Null for bank staff.</summary>
    public string? Client { get; set; }

    public required string Status { get; set; }

    public required string[] Roles { get; set; }

    /// <summary>Tokens issued before this are no longer accepted.</summary>
    public DateTimeOffset? TokensFrom { get; set; }
}

/// <summary>What a user may do with an account.</summary>
public sealed class EntitlementRow
{
    public required string Subject { get; init; }

    public required string Account { get; init; }

    public required string[] Permissions { get; set; }
}

/// <summary>A public key that signs for one user of one client.</summary>
public sealed class KeyRow
{
    public required string KeyId { get; init; }

    public required string Client { get; init; }

    public required string Subject { get; init; }

    public required string Algorithm { get; init; }

    public required string PublicKeyPem { get; init; }

    /// <summary><c>active</c>, <c>retired</c> or <c>revoked</c>.</summary>
    public required string State { get; set; }

    /// <summary>RFC 7638; no two rows have the same, so that no two persons share a key. Null only until a migration has filled it in.</summary>
    public string? Thumbprint { get; set; }

    /// <summary>What its owner calls it; null for keys of a registry import.</summary>
    public string? Name { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Before this it signs nothing; null: it may at once.</summary>
    public DateTimeOffset? ActiveFrom { get; set; }

    /// <summary>Set by the database when the state changes, as is the next.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public string? RevocationReason { get; set; }
}

/// <summary>Counts changes of all of the above; a trigger moves it.</summary>
public sealed class VersionRow
{
    public int Id { get; init; }

    public long Value { get; init; }
}
