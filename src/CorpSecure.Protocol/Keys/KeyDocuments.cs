using System.Text.Json;

namespace CorpSecure.Protocol.Keys;

/// <summary>The body of an enrolment.</summary>
/// <param name="Name">What the owner calls the key; printable, at most <see cref="KeyEnrolment.LongestName"/> characters.</param>
/// <param name="Key">The public key as a JSON Web Key (RFC 7517).</param>
public sealed record EnrolmentDocument(string Name, JsonElement Key);

/// <summary>A registered key, as its owner and the bank's staff see it.</summary>
/// <param name="KeyId">What signatures by it name in <c>keyid</c>.</param>
/// <param name="Name">What its owner calls it; null for keys that the bank registered.</param>
/// <param name="Algorithm">The algorithm it is registered for, such as <c>ed25519</c> or <c>PS256</c>.</param>
/// <param name="State"><c>cooling-off</c>, <c>active</c>, <c>retired</c> or <c>revoked</c>.</param>
/// <param name="Client">The client it signs for.</param>
/// <param name="Subject">The user it signs for.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="ActiveFrom">From when it may sign; null when at once.</param>
/// <param name="RetiredAt">From when nothing new is accepted from it.</param>
/// <param name="RevokedAt">When it was revoked.</param>
/// <param name="RevocationReason">Why, if the bank did it.</param>
public sealed record KeyDocument(
    string KeyId, string? Name, string Algorithm, string State, string Client, string Subject,
    DateTimeOffset CreatedAt, DateTimeOffset? ActiveFrom, DateTimeOffset? RetiredAt, DateTimeOffset? RevokedAt, string? RevocationReason);

/// <summary>A list of keys, newest first.</summary>
/// <param name="Keys">The keys.</param>
public sealed record KeyList(IReadOnlyList<KeyDocument> Keys);

/// <summary>The body of a revocation by the bank's staff.</summary>
/// <param name="Reason">One of <see cref="RevocationReasons.All"/>.</param>
public sealed record RevocationDocument(string Reason);

/// <summary>Why the bank revokes a key: a choice, so that no personal data gets into the registry.</summary>
public static class RevocationReasons
{
    /// <summary>Every reason there is.</summary>
    public static IReadOnlyList<string> All { get; } = ["compromised", "lost", "owner-left", "superseded", "other"];
}
