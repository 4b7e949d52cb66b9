using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace CorpSecure.Gateway.Certificates;

/// <summary>A certificate with its private key, and the intermediates that are sent with it.</summary>
public sealed class CertificatePair
{
    private CertificatePair(X509Certificate2 leaf, SslStreamCertificateContext context) => (Leaf, Context) = (leaf, context);

    public X509Certificate2 Leaf { get; }

    public SslStreamCertificateContext Context { get; }

    /// <exception cref="System.Security.Cryptography.CryptographicException">Not a certificate with its key.</exception>
    public static CertificatePair Parse(string certificatePem, string keyPem)
    {
        var leaf = X509Certificate2.CreateFromPem(certificatePem, keyPem);
        var all = new X509Certificate2Collection();
        all.ImportFromPem(certificatePem);
        var intermediates = new X509Certificate2Collection(all.Skip(1).ToArray());
        return new CertificatePair(leaf, SslStreamCertificateContext.Create(leaf, intermediates, offline: true));
    }
}
