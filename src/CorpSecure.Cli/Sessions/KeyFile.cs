using System.Security.Cryptography;
using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Keys;
using CorpSecure.Cli.Profiles;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Cli.Sessions;

/// <summary>Private keys in PEM files.</summary>
internal static class KeyFile
{
    /// <summary>This program's key at an authorization server.</summary>
    public static SoftwareSigningKey Read(string keyId, string path) =>
        Open(keyId, path, _ => SignatureAlgorithm.EcdsaP256Sha256, "It must be a P-256 private key in PEM (PKCS#8) that you may read.");

    /// <summary>A key that signs requests, of any algorithm.</summary>
    public static SoftwareSigningKey Read(SigningKeyFile key) => Open(
        key.KeyId, key.File, pem => key.Algorithm is { } name ? AlgorithmNames.Find(name) : KeyFileAlgorithm.Of(pem) ?? throw new CryptographicException("An RSA key must say what it is registered for."),
        $"It must be a private key in PEM (PKCS#8) that you may read, for one of {AlgorithmNames.All}; an RSA key needs --signing-key-algorithm.");

    private static SoftwareSigningKey Open(string keyId, string path, Func<string, SignatureAlgorithm> algorithmOf, string next)
    {
        try
        {
            var pem = File.ReadAllText(path);
            return SigningKey.FromPem(keyId, pem, algorithmOf(pem));
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Usage, $"The key '{keyId}' cannot be used.", $"{path}: {e.Message}", next);
        }
    }
}
