using System.Security.Cryptography;
using CorpSecure.Cli.Failures;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Cli.Sessions;

/// <summary>Private keys in PEM files.</summary>
internal static class KeyFile
{
    public static SoftwareSigningKey Read(string keyId, string path)
    {
        try
        {
            return SigningKey.FromPem(keyId, File.ReadAllText(path));
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new CliException(
                ExitCode.Usage, $"The key '{keyId}' cannot be used.", $"{path}: {e.Message}",
                "It must be a P-256 private key in PEM (PKCS#8) that you may read.");
        }
    }
}
