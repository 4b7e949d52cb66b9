using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CorpSecure.Gateway.Hosting;

/// <summary>Certificates and trust from PEM files. A chain is always built; only its roots are chosen here.</summary>
public static class CertificateFiles
{
    /// <exception cref="StartRefusedException">Not a certificate with its key.</exception>
    public static X509Certificate2 Load(string certificateFile, string keyFile)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new StartRefusedException($"{certificateFile} with {keyFile}: {error.Message}");
        }
    }

    /// <summary>Trust in the roots of a file, and in no others. Null for no file: the system's roots.</summary>
    /// <exception cref="StartRefusedException">No certificate in the file.</exception>
    public static X509ChainPolicy? Trust(string caFile)
    {
        if (caFile.Length == 0)
            return null;
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(caFile);
        }
        catch (CryptographicException error)
        {
            throw new StartRefusedException($"{caFile}: {error.Message}");
        }

        if (roots.Count == 0)
            throw new StartRefusedException($"{caFile}: no certificate in it");
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }
}
