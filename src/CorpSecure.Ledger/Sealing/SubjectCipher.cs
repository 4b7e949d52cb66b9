using CorpSecure.Ledger.Entries;

namespace CorpSecure.Ledger.Sealing;

/// <summary>Seals and opens the personal data of one subject. A sealed part opens only within its own entry.</summary>
public sealed class SubjectCipher
{
    private readonly SealingKey key;

    internal SubjectCipher(Guid keyId, byte[] key)
    {
        KeyId = keyId;
        this.key = new SealingKey(key);
    }

    public Guid KeyId { get; }

    public SealedPart Seal(ReadOnlySpan<byte> plaintext, Guid entryId) =>
        new(KeyId, key.Seal(plaintext, Context(entryId, stackalloc byte[32])));

    public byte[] Open(ReadOnlySpan<byte> ciphertext, Guid entryId) =>
        key.Open(ciphertext, Context(entryId, stackalloc byte[32]));

    private ReadOnlySpan<byte> Context(Guid entryId, Span<byte> buffer)
    {
        KeyId.TryWriteBytes(buffer, bigEndian: true, out _);
        entryId.TryWriteBytes(buffer[16..], bigEndian: true, out _);
        return buffer;
    }
}
