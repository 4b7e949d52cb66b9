using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CorpSecure.Client.Tests.Fakes;

/// <summary>A certificate authority that lives as long as the test, with a server certificate for localhost.</summary>
public sealed class TestAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _authority;

    public TestAuthority()
    {
        Folder = Directory.CreateTempSubdirectory("corpsecure-test-").FullName;
        var from = TimeProvider.System.GetUtcNow().AddHours(-1);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Run-time test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _authority = request.CreateSelfSigned(from, from.AddDays(1));
        File.WriteAllText(CaFile, _authority.ExportCertificatePem());
        Server = Issue("localhost", ServerAuthentication, from.AddDays(1).AddMinutes(-1), from);
        Client = Issue("erp", ClientAuthentication, from.AddDays(1).AddMinutes(-1), from);
    }

    public string Folder { get; }

    public string CaFile => Path.Combine(Folder, "ca.pem");

    public X509Certificate2 Server { get; }

    /// <summary>A client's, with its private key.</summary>
    public X509Certificate2 Client { get; }

    /// <summary>How a server of this authority judges its clients.</summary>
    public X509ChainPolicy OfClients()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(_authority);
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return policy;
    }

    public void Dispose()
    {
        Server.Dispose();
        Client.Dispose();
        _authority.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private X509Certificate2 Issue(string name, string purpose, DateTimeOffset to, DateTimeOffset from)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        using var certificate = request.Create(_authority, from, to, RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }
}
