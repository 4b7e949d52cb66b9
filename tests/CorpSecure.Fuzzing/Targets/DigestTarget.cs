using System.Security.Cryptography;
using System.Text;
using CorpSecure.Fuzzing.Running;
using CorpSecure.Protocol.Digests;
using static CorpSecure.Fuzzing.Running.FuzzTarget;

namespace CorpSecure.Fuzzing.Targets;

/// <summary>A digest line and the body: what is accepted holds the digest of the body.</summary>
internal static class DigestTarget
{
    private static readonly string[] Words = ["sha-256=:", "sha-512=:", "md5=:", ":", ", ", ";a=1", "=", "\n", "SHA-256", "AAAA", "?1", "()"];

    public static FuzzTarget Create() => new("digests", 40_000, Words, input => Check(input, verified: true), input => Check(input, verified: false));

    private static void Check(byte[] input, bool verified)
    {
        var end = Math.Max(0, input.AsSpan().IndexOf((byte)'\n'));
        var line = Encoding.Latin1.GetString(input, 0, end);
        var body = input.AsSpan(Math.Min(input.Length, end + 1));
        var fault = verified ? ContentDigest.Verify(line, body) : ContentDigest.TryRead(line, out _);
        if (fault is null)
            Holds(line.Contains(Convert.ToBase64String(SHA256.HashData(body))) || line.Contains(Convert.ToBase64String(SHA512.HashData(body))), "another body verifies");
    }
}
