using System.Security.Cryptography;
using CorpSecure.Protocol.Signatures;
using Microsoft.EntityFrameworkCore;

namespace CorpSecure.Gateway.Registry;

/// <summary>Public keys as the registry's rows and documents hold them.</summary>
public static class RegisteredKeys
{
    /// <returns>Null when the text is no public key of the algorithm, or the algorithm is not known.</returns>
    public static VerificationKey? TryRead(string keyId, string algorithm, string publicKeyPem)
    {
        if (!SignatureAlgorithm.TryFind(algorithm, out var known))
            return null;
        try
        {
            return VerificationKey.FromPem(keyId, publicKeyPem, known);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            return null; // that is the answer
        }
    }

    /// <summary>The state that is further on; none leads back.</summary>
    public static string Later(string one, string other) =>
        Enum.Parse<KeyState>(one, ignoreCase: true) >= Enum.Parse<KeyState>(other, ignoreCase: true) ? one : other;

    /// <summary>For rows older than the column, which only code can compute. Of two rows with one key the first gets it.</summary>
    public static async Task FillThumbprintsAsync(RegistryContext registry, CancellationToken cancellation)
    {
        var rows = await registry.Keys.OrderBy(row => row.KeyId).ToListAsync(cancellation);
        var taken = rows.Select(row => row.Thumbprint).OfType<string>().ToHashSet();
        foreach (var row in rows.Where(row => row.Thumbprint is null))
        {
            if (TryRead(row.KeyId, row.Algorithm, row.PublicKeyPem)?.Thumbprint is { } thumbprint && taken.Add(thumbprint))
                row.Thumbprint = thumbprint;
        }

        await registry.SaveChangesAsync(cancellation);
    }
}
