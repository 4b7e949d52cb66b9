using System.Security.Cryptography;

namespace CorpSecure.Protocol.Merkle;

/// <summary>Hashes of a Merkle tree (RFC 6962, section 2.1). Different prefixes keep a leaf from ever passing for a node.</summary>
public static class LeafHash
{
    /// <summary>The length of a hash, in bytes.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    /// <summary>The hash of the tree without leaves: SHA-256 of nothing.</summary>
    public static byte[] OfEmptyTree() => SHA256.HashData([]);

    /// <summary>SHA-256 of a zero byte and the entry.</summary>
    public static byte[] Of(ReadOnlySpan<byte> entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0x00]);
        hash.AppendData(entry);
        return hash.GetHashAndReset();
    }

    /// <summary>SHA-256 of a one byte and both children's hashes.</summary>
    /// <exception cref="ArgumentException">A child is not a hash.</exception>
    public static byte[] OfNode(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != Size || right.Length != Size)
            throw new ArgumentException("A node has two hashes as its children.");
        Span<byte> node = stackalloc byte[1 + 2 * Size];
        node[0] = 0x01;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + Size)..]);
        return SHA256.HashData(node);
    }
}
