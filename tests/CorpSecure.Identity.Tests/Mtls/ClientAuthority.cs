using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CorpSecure.Identity.Tests.Mtls;

/// <summary>Issues client certificates, good ones and others, and the list of those it takes back.</summary>
public sealed class ClientAuthority : IDisposable
{
    public const string ForClients = "1.3.6.1.5.5.7.3.2";
    public const string ForServers = "1.3.6.1.5.5.7.3.1";
    private readonly X509Certificate2 authority;
    private readonly string directory = Directory.CreateTempSubdirectory("corpsecure-client-authority").FullName;
    private readonly CertificateRevocationListBuilder revoked = new();
    private readonly DateTimeOffset now;
    private int lists;

    public ClientAuthority(DateTimeOffset now)
    {
        this.now = now;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=client authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        authority = request.CreateSelfSigned(now.AddDays(-2), now.AddDays(30));
        File.WriteAllText(CertificateFile = Path.Combine(directory, "authority.pem"), authority.ExportCertificatePem());
        ListFile = Path.Combine(directory, "revoked.pem");
        WriteList(now.AddDays(7));
    }

    public string CertificateFile { get; }

    public string ListFile { get; }

    public X509Certificate2 Issue(string subject, string? purpose = ForClients, string? dns = null, TimeSpan? life = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        if (purpose is not null)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        if (dns is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(dns);
            request.CertificateExtensions.Add(names.Build());
        }

        using var certificate = request.Create(authority, now.AddDays(-1), now + (life ?? TimeSpan.FromDays(20)), RandomNumberGenerator.GetBytes(12));
        using var withKey = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null); // TLS wants a key it can keep
    }

    public void Revoke(X509Certificate2 certificate)
    {
        revoked.AddEntry(certificate);
        WriteList(now.AddDays(7));
    }

    public void WriteList(DateTimeOffset until)
    {
        var list = revoked.Build(authority, new BigInteger(++lists), until, HashAlgorithmName.SHA256, thisUpdate: now.AddDays(-1));
        File.WriteAllText(ListFile + ".new", PemEncoding.WriteString("X509 CRL", list));
        File.Move(ListFile + ".new", ListFile, overwrite: true);
    }

    public void Dispose()
    {
        authority.Dispose();
        Directory.Delete(directory, recursive: true);
    }
}
