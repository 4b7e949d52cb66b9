using System.Security.Cryptography;
using CorpSecure.Protocol.Comparison;
using CorpSecure.Protocol.Signatures;
using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Protocol.Digests;

/// <summary>The <c>Content-Digest</c> field (RFC 9530, section 2) with <c>sha-256</c> and <c>sha-512</c>.</summary>
public sealed class ContentDigest
{
    private readonly byte[]? _sha256;
    private readonly byte[]? _sha512;

    private ContentDigest(byte[]? sha256, byte[]? sha512)
    {
        _sha256 = sha256;
        _sha512 = sha512;
    }

    /// <summary>The field value with the SHA-256 of the content.</summary>
    public static string Sha256(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return $"sha-256=:{Convert.ToBase64String(hash)}:";
    }

    /// <summary>The field value with the SHA-512 of the content.</summary>
    public static string Sha512(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        SHA512.HashData(content, hash);
        return $"sha-512=:{Convert.ToBase64String(hash)}:";
    }

    /// <summary>
    /// Reads the field before the content is there; null when it names a digest that can be verified. Members in other algorithms
    /// are ignored, as the RFC asks, as long as one of ours is there.
    /// </summary>
    public static SignatureFault? TryRead(FieldLines lines, out ContentDigest? digest)
    {
        digest = null;
        if (lines.Count == 0)
            return SignatureFault.DigestMissing;
        if (!FieldParser.TryParseDictionary(lines, out var members, out _) || members.HasDuplicates)
            return SignatureFault.DigestMalformed;
        byte[]? sha256 = null;
        byte[]? sha512 = null;
        foreach (var (algorithm, member) in members)
        {
            if (member is not FieldItem { Value.Kind: BareItemKind.ByteSequence } item)
                return SignatureFault.DigestMalformed;
            var bytes = item.Value.AsBytes.ToArray();
            if (algorithm == "sha-256")
                sha256 = bytes;
            else if (algorithm == "sha-512")
                sha512 = bytes;
        }
        if (sha256 is null && sha512 is null)
            return SignatureFault.DigestUnsupported;
        if (sha256 is { Length: not SHA256.HashSizeInBytes } || sha512 is { Length: not SHA512.HashSizeInBytes })
            return SignatureFault.DigestMalformed;
        digest = new(sha256, sha512);
        return null;
    }

    /// <summary>Whether every digest that was given is of these bytes: one that matches does not excuse another that does not.</summary>
    public SignatureFault? Verify(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        if (_sha256 is not null && !ConstantTime.AreEqual(hash[..SHA256.HashData(content, hash)], _sha256))
            return SignatureFault.DigestMismatch;
        if (_sha512 is not null && !ConstantTime.AreEqual(hash[..SHA512.HashData(content, hash)], _sha512))
            return SignatureFault.DigestMismatch;
        return null;
    }

    /// <summary>Reads the field and verifies it against the content; null when it is good.</summary>
    public static SignatureFault? Verify(FieldLines lines, ReadOnlySpan<byte> content) =>
        TryRead(lines, out var digest) ?? digest!.Verify(content);
}
