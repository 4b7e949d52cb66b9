using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CorpSecure.Ledger.Entries;

/// <summary>An entry in its place: <c>(lane, epoch, counter)</c>, bound to its predecessor.</summary>
/// <remarks>
/// The hash is the RFC 6962 leaf hash of a fixed-width frame that commits to the digests of payload and
/// ciphertext, not to their text, so an entry still verifies after its subject's key has been erased.
/// </remarks>
public sealed record ChainedEntry(string Lane, long Epoch, long Counter, byte[] Predecessor, EntryDraft Draft)
{
    public const int HashLength = SHA256.HashSizeInBytes;

    private static readonly byte[] EmptyDigest = SHA256.HashData([]);

    private static ReadOnlySpan<byte> FrameVersion => "corpsecure/entry/v1\n"u8;

    public byte[] Hash { get; } = ComputeHash(Lane, Epoch, Counter, Predecessor, Draft);

    /// <summary>The first predecessor of a lane.</summary>
    public static byte[] Genesis => new byte[HashLength];

    public static DateTimeOffset ToMicroseconds(DateTimeOffset at) =>
        new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    private static byte[] ComputeHash(string lane, long epoch, long counter, byte[] predecessor, EntryDraft draft)
    {
        Span<byte> frame = stackalloc byte[1 + 20 + HashLength + 8 + 8 + 8 + 2 + 16 + HashLength + HashLength + HashLength];
        frame[0] = 0x00; // RFC 6962 section 2.1: leaf prefix
        var rest = frame[1..];
        FrameVersion.CopyTo(rest);
        rest = rest[FrameVersion.Length..];
        SHA256.HashData(Encoding.UTF8.GetBytes(lane), rest);
        rest = rest[HashLength..];
        BinaryPrimitives.WriteInt64BigEndian(rest, epoch);
        BinaryPrimitives.WriteInt64BigEndian(rest[8..], counter);
        BinaryPrimitives.WriteInt64BigEndian(rest[16..], ToMicroseconds(draft.At).UtcTicks / TimeSpan.TicksPerMicrosecond);
        BinaryPrimitives.WriteInt16BigEndian(rest[24..], (short)draft.Kind);
        draft.Id.TryWriteBytes(rest[26..], bigEndian: true, out _);
        rest = rest[42..];
        predecessor.CopyTo(rest);
        SHA256.HashData(draft.Payload.Span, rest[HashLength..]);
        (draft.Sealed?.Digest ?? EmptyDigest).CopyTo(rest[(2 * HashLength)..]);
        return SHA256.HashData(frame);
    }
}
