using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CorpSecure.DevHost.Pki;

/// <summary>The authority's list of certificates that count no more (RFC 5280 section 5), made anew at every start.</summary>
internal static class DemoRevocations
{
    // As long as certificates: a demo that runs for months has nobody who brings it a new list.
    private static readonly TimeSpan Life = TimeSpan.FromDays(365);
    private static readonly TimeSpan BackDated = TimeSpan.FromMinutes(5);

    public static string MakePem(X509Certificate2 authority, IEnumerable<X509Certificate2> revoked, DateTimeOffset now)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked)
            list.AddEntry(certificate, now - BackDated, X509RevocationReason.KeyCompromise);
        return PemEncoding.WriteString(
            "X509 CRL", list.Build(authority, now.ToUnixTimeSeconds(), now + Life, HashAlgorithmName.SHA256, thisUpdate: now - BackDated));
    }
}
