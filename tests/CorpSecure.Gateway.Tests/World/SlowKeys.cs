using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Gateway.Tests.World;

/// <summary>Anna's keys of the other algorithms, <c>anna-PS256</c> and so on; made once, because RSA keys take long to make.</summary>
internal static class SlowKeys
{
    public static IReadOnlyList<SoftwareSigningKey> All { get; } =
        [.. SignatureAlgorithm.All.Where(algorithm => algorithm != SignatureAlgorithm.EcdsaP256Sha256).Select(algorithm => SigningKey.Generate($"anna-{algorithm.Name}", algorithm))];
}
