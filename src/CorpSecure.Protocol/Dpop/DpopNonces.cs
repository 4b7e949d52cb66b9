using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using CorpSecure.Protocol.Comparison;
using CorpSecure.Protocol.Encodings;

namespace CorpSecure.Protocol.Dpop;

/// <summary>What is to be thought of a proof's nonce.</summary>
public enum NonceState
{
    /// <summary>The proof has none.</summary>
    Missing,

    /// <summary>Too old, or not one of ours.</summary>
    Old,

    /// <summary>Still good; the sender should be given a new one.</summary>
    Ageing,

    /// <summary>Good.</summary>
    Fresh,
}

/// <summary>
/// Server-provided nonces (RFC 9449, sections 8 and 9) that need no store: the minute and a MAC over it, so that whoever shares the
/// key accepts them, and proofs cannot be made ahead of time.
/// </summary>
/// <param name="key">A secret of at least 32 bytes, the same on all replicas and used for nothing else.</param>
public sealed class DpopNonces(byte[] key)
{
    private const int TimeLength = sizeof(uint);
    private const int Length = TimeLength + 16;
    private const int FreshFor = 2;
    private const int GoodFor = 5;
    private readonly byte[] _key = key.Length >= 32 ? [.. key] : throw new ArgumentException("The key is too short.", nameof(key));

    /// <summary>The nonce to give out now: 27 characters of base64url.</summary>
    public string Create(DateTimeOffset now)
    {
        Span<byte> nonce = stackalloc byte[Length];
        Write(Minute(now), nonce);
        return Base64Url.EncodeToString(nonce);
    }

    /// <summary>Judges the nonce of a proof.</summary>
    public NonceState Judge(string? nonce, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(nonce))
            return NonceState.Missing;
        Span<byte> told = stackalloc byte[Length];
        if (nonce.Length != Base64Url.GetEncodedLength(Length) || !CanonicalBase64Url.TryDecode(nonce, told, out var length) || length != Length)
            return NonceState.Old;
        var minute = BinaryPrimitives.ReadUInt32BigEndian(told);
        Span<byte> ours = stackalloc byte[Length];
        Write(minute, ours);
        if (!ConstantTime.AreEqual(told, ours))
            return NonceState.Old;
        // Another replica's clock may be a little ahead.
        return ((long)Minute(now) - minute) switch
        {
            >= -1 and < FreshFor => NonceState.Fresh,
            >= FreshFor and < GoodFor => NonceState.Ageing,
            _ => NonceState.Old,
        };
    }

    private static uint Minute(DateTimeOffset now) => (uint)(now.ToUnixTimeSeconds() / 60);

    private void Write(uint minute, Span<byte> nonce)
    {
        BinaryPrimitives.WriteUInt32BigEndian(nonce, minute);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, nonce[..TimeLength], mac);
        mac[..(Length - TimeLength)].CopyTo(nonce[TimeLength..]);
    }
}
