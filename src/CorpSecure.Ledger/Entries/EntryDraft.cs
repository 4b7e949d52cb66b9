namespace CorpSecure.Ledger.Entries;

/// <summary>An entry before a lane has given it its place.</summary>
/// <param name="Id">What the entry is about; an outcome carries its decision's id.</param>
/// <param name="At">When it happened; kept to the microsecond.</param>
/// <param name="Payload">UTF-8 JSON without personal data.</param>
public sealed record EntryDraft(Guid Id, EntryKind Kind, DateTimeOffset At, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Personal data, encrypted under its subject's key; null where there is none.</summary>
    public SealedPart? Sealed { get; init; }

    /// <summary>Blind-index tags under which the entry can be found.</summary>
    public IReadOnlyList<byte[]> Tags { get; init; } = [];
}

/// <param name="KeyId">The subject key that opens it; erasing that key erases the content.</param>
public sealed record SealedPart(Guid KeyId, byte[] Ciphertext);
