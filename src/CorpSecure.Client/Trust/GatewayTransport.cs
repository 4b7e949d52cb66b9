using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CorpSecure.Client.Trust;

/// <summary>
/// Connections that carry credentials: TLS verified against the system's authorities or a file of one's own,
/// redirects never followed, no cookies.
/// </summary>
public static class GatewayTransport
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Creates a handler.</summary>
    /// <param name="caFile">A PEM bundle of the only authorities to trust; none for the system's.</param>
    /// <param name="clientCertificate">A certificate with its private key, shown to a server that asks for one.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="CryptographicException">The file holds no certificate.</exception>
    public static SocketsHttpHandler Create(string? caFile = null, X509Certificate2? clientCertificate = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (caFile is not null)
        {
            handler.SslOptions.CertificateChainPolicy = TrustOnly(caFile);
        }
        if (clientCertificate is not null)
        {
            // A session is resumed by host name, whatever the port: one that was begun where no certificate is asked for has none, and
            // would be refused where one is.
            handler.SslOptions.AllowTlsResume = false;
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(clientCertificate, additionalCertificates: null, offline: true);
        }
        return handler;
    }

    private static X509ChainPolicy TrustOnly(string caFile)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // A private authority seldom publishes revocation; the platform's own setting does not apply to a policy of ours.
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        policy.CustomTrustStore.ImportFromPemFile(caFile);
        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new CryptographicException($"{caFile}: no certificate in the file.");
    }
}
