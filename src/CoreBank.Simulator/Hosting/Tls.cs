using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace CoreBank.Simulator.Hosting;

/// <summary>
/// TLS of the listeners. Client certificates are judged by the runtime itself, against a policy that trusts our CA alone:
/// there is no validation callback here, so none can be wrong.
/// </summary>
public static class Tls
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    public static void UseTls(this ListenOptions listen, StartMaterial material, bool requireClientCertificate)
    {
        var context = SslStreamCertificateContext.Create(material.Certificate, material.Intermediates, offline: true);
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(Options(context, requireClientCertificate ? material.ClientCas : null)),
        });
    }

    private static SslServerAuthenticationOptions Options(SslStreamCertificateContext context, X509Certificate2Collection? clientCas) => new()
    {
        ServerCertificateContext = context,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ClientCertificateRequired = clientCas is not null,
        CertificateChainPolicy = clientCas is null ? null : ClientPolicy(clientCas),
    };

    private static X509ChainPolicy ClientPolicy(X509Certificate2Collection clientCas)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            DisableCertificateDownloads = true,
            // The demo's CA publishes no revocation lists; its certificates are short-lived.
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        policy.CustomTrustStore.AddRange(clientCas);
        return policy;
    }
}
