using System.Security.Cryptography;
using System.Text;

namespace CorpSecure.Protocol.Comparison;

/// <summary>The one place where secrets and digests are compared: the time taken tells only their length.</summary>
public static class ConstantTime
{
    /// <summary>Whether both are the same bytes.</summary>
    public static bool AreEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        CryptographicOperations.FixedTimeEquals(left, right);

    /// <summary>Whether both are the same text, whatever their lengths: the digests are compared, so that not even the length shows.</summary>
    public static bool AreEqual(string left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        Span<byte> mine = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> theirs = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(left), mine);
        SHA256.HashData(Encoding.UTF8.GetBytes(right), theirs);
        return CryptographicOperations.FixedTimeEquals(mine, theirs);
    }
}
