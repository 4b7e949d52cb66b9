using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Cli.Keys;

/// <summary>Algorithms by the short names of JOSE, which people know: ed25519, es256, es384, ps512, ps256.</summary>
internal static class AlgorithmNames
{
    private static readonly string[] Short = [.. SignatureAlgorithm.All.Select(algorithm => algorithm.JoseName.ToLowerInvariant())];

    public static string All => string.Join('|', Short);

    /// <exception cref="System.Security.Cryptography.CryptographicException">There is no such algorithm.</exception>
    public static SignatureAlgorithm Find(string name) =>
        SignatureAlgorithm.All.FirstOrDefault(algorithm => algorithm.Name == name || algorithm.JoseName.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new System.Security.Cryptography.CryptographicException($"'{name}' is none of {All}.");

    public static string[] ForOption() => [.. Short];
}
