using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CorpSecure.Protocol.Certificates;

namespace CorpSecure.DevHost.Pki;

/// <summary>The authority's list of certificates that count no more (RFC 5280 section 5); renewed with what stands on it, or near its end.</summary>
internal static class DemoRevocations
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    // As long as certificates: a demo that runs for months has nobody who brings it a new list.
    private static readonly TimeSpan Life = TimeSpan.FromDays(365);
    private static readonly TimeSpan BackDated = TimeSpan.FromMinutes(5);

    /// <summary>Whether the list in a file still says what it should.</summary>
    public static bool IsGood(string file, X509Certificate2 authority, IReadOnlyCollection<X509Certificate2> revoked, DateTimeOffset now)
    {
        if (!File.Exists(file))
            return false;
        try
        {
            var list = RevocationList.Load(file, [authority]);
            return revoked.All(certificate => list.StatusOf(certificate, now + RenewBefore) == RevocationStatus.Revoked);
        }
        catch (CryptographicException)
        {
            return false; // of an authority before this one
        }
    }

    public static string MakePem(X509Certificate2 authority, IEnumerable<X509Certificate2> revoked, DateTimeOffset now)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked)
            list.AddEntry(certificate, now - BackDated, X509RevocationReason.KeyCompromise);
        return PemEncoding.WriteString(
            "X509 CRL", list.Build(authority, now.ToUnixTimeSeconds(), now + Life, HashAlgorithmName.SHA256, thisUpdate: now - BackDated));
    }
}
