using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CorpSecure.Gateway.Certificates;

/// <summary>Trust in the authorities of one file, and in no others.</summary>
public sealed class TrustBundle
{
    private TrustBundle(X509Certificate2Collection authorities)
    {
        Authorities = authorities;
        Policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        Policy.CustomTrustStore.AddRange(authorities);
    }

    public X509Certificate2Collection Authorities { get; }

    public X509ChainPolicy Policy { get; }

    /// <exception cref="CryptographicException">No certificate, or one that cannot be read.</exception>
    public static TrustBundle Parse(string pem)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(pem);
        return new TrustBundle(authorities);
    }
}
