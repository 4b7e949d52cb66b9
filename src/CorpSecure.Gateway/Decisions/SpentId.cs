using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CorpSecure.Core.Inputs;

namespace CorpSecure.Gateway.Decisions;

/// <summary>What may be used once: the nonce of a signature within its key, the <c>jti</c> of a proof within its.</summary>
/// <param name="Date">Of the signed time, which every replay repeats.</param>
public sealed record SpentId(DateOnly Date, byte[] Digest)
{
    public static SpentId Of(SignatureFacts signature) => new(DayOf(signature.Created), DigestOf("signature", signature.KeyId, signature.Nonce));

    public static SpentId Of(ProofFacts proof) => new(DayOf(proof.IssuedAt), DigestOf("dpop", proof.Thumbprint, proof.Id));

    /// <summary>Tells apart the ids of one decision.</summary>
    public static UInt128 Mark(ReadOnlySpan<byte> digest) => BinaryPrimitives.ReadUInt128BigEndian(digest);

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private static byte[] DigestOf(string kind, string scope, string id) => SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\0{scope}\0{id}"));
}
