using System.Security.Cryptography;
using System.Text.Unicode;

namespace CorpSecure.Ledger.Entries;

/// <summary>An entry before a lane has given it its place.</summary>
/// <param name="Id">What the entry is about; an outcome carries its decision's id.</param>
/// <param name="At">When it happened; kept to the microsecond.</param>
/// <param name="Payload">UTF-8 JSON without personal data.</param>
/// <exception cref="ArgumentException">The payload is not UTF-8: it would be stored as another text than the one that is hashed.</exception>
public sealed record EntryDraft(Guid Id, EntryKind Kind, DateTimeOffset At, ReadOnlyMemory<byte> Payload)
{
    public ReadOnlyMemory<byte> Payload { get; } =
        Utf8.IsValid(Payload.Span) ? Payload : throw new ArgumentException("an entry's payload is UTF-8", nameof(Payload));

    /// <summary>Personal data, encrypted under its subject's key; null where there is none.</summary>
    public SealedPart? Sealed { get; init; }

    /// <summary>Blind-index tags under which the entry can be found.</summary>
    public IReadOnlyList<byte[]> Tags { get; init; } = [];
}

/// <param name="KeyId">The subject key that opens it; erasing that key erases the content.</param>
public sealed record SealedPart(Guid KeyId, byte[] Ciphertext)
{
    /// <summary>SHA-256 of the ciphertext, computed by whoever seals and not while a transaction is open.</summary>
    internal byte[] Digest { get; } = SHA256.HashData(Ciphertext);
}
