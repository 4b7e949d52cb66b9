using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CorpSecure.DevHost.Pki;

/// <summary>The form of the demo's certificates: ECDSA P-256 throughout (RFC 5280 profile).</summary>
internal static class DemoCertificates
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    // The clocks of a machine's containers differ by a little.
    private static readonly TimeSpan BackDated = TimeSpan.FromMinutes(5);

    public static X509Certificate2 MakeAuthority(DateTimeOffset now, TimeSpan life)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=CorpSecure demo authority,O=CorpSecure demo", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(now - BackDated, now + life);
    }

    public static X509Certificate2 MakeLeaf(string name, LeafUsage usage, X509Certificate2 authority, DateTimeOffset now, TimeSpan life, IReadOnlyList<string> hosts)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name},O=CorpSecure demo", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(Purposes(usage), critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        request.CertificateExtensions.Add(Names(hosts));

        var end = now + life < authority.NotAfter ? now + life : authority.NotAfter;
        using var made = request.Create(authority, now - BackDated, end, Serial());
        return made.CopyWithPrivateKey(key);
    }

    public static bool Allows(X509Certificate2 certificate, LeafUsage usage)
    {
        var present = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>()).Select(oid => oid.Value).ToHashSet();
        return Purposes(usage).Cast<Oid>().All(oid => present.Contains(oid.Value));
    }

    private static OidCollection Purposes(LeafUsage usage)
    {
        var purposes = new OidCollection();
        if (usage.HasFlag(LeafUsage.Server))
            purposes.Add(new Oid(ServerAuthentication));
        if (usage.HasFlag(LeafUsage.Client))
            purposes.Add(new Oid(ClientAuthentication));
        return purposes;
    }

    private static X509Extension Names(IReadOnlyList<string> hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        foreach (var host in hosts.Where(host => host != "localhost"))
        {
            if (IPAddress.TryParse(host, out var address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        }
        return names.Build();
    }

    // Positive, and never all zero (RFC 5280, 4.1.2.2).
    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7f) | 0x40);
        return serial;
    }
}
