using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using CorpSecure.Core.Inputs;

namespace CorpSecure.Gateway.Tokens;

/// <summary>SHA-256 of listener and token: the token itself is not kept.</summary>
public readonly record struct TokenHash(UInt128 High, UInt128 Low)
{
    public static TokenHash Of(Listener listener, string token)
    {
        Span<byte> text = stackalloc byte[1024];
        var length = Encoding.UTF8.GetByteCount(token) + 1;
        var buffer = length <= text.Length ? text[..length] : new byte[length];
        buffer[0] = (byte)listener;
        Encoding.UTF8.GetBytes(token, buffer[1..]);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(buffer, hash);
        return new TokenHash(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash), System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }
}

/// <summary>Verified tokens, bounded: two generations, the older one is dropped when the newer is full. Only valid tokens enter.</summary>
public sealed class TokenCache
{
    private const int Generation = 25_000;

    private readonly Lock turning = new();
    private ConcurrentDictionary<TokenHash, VerifiedToken> young = new();
    private ConcurrentDictionary<TokenHash, VerifiedToken> old = new();

    public bool TryGet(TokenHash hash, [NotNullWhen(true)] out VerifiedToken? token)
    {
        if (young.TryGetValue(hash, out token))
            return true;
        if (!old.TryGetValue(hash, out token))
            return false;
        Add(hash, token);
        return true;
    }

    public void Add(TokenHash hash, VerifiedToken token)
    {
        if (young.Count >= Generation)
            Turn();
        young[hash] = token;
    }

    private void Turn()
    {
        lock (turning)
        {
            if (young.Count < Generation)
                return;
            old = young;
            young = new();
        }
    }
}
