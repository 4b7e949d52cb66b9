using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CorpSecure.Gateway.Certificates;

/// <summary>What a certificate must be before it is shown to anyone (RFC 5280, RFC 9325).</summary>
public static class CertificateRules
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const int LeastRsa = 2048;
    private const int LeastCurve = 256;

    // sha1WithRSA, ecdsa-with-SHA1, md5WithRSA, dsa-with-sha1
    private static readonly string[] BrokenHashes = ["1.2.840.113549.1.1.5", "1.2.840.10045.4.1", "1.2.840.113549.1.1.4", "1.2.840.10040.4.3"];

    /// <param name="host">The name it will be reached by.</param>
    public static IEnumerable<string> ServerFaults(X509Certificate2 certificate, string host, DateTimeOffset now)
    {
        var faults = Faults(certificate, ServerAuthentication, "server authentication", now);
        return certificate.MatchesHostname(host, allowWildcards: true, allowCommonName: false)
            ? faults
            : faults.Append($"is not for {host}; its subject alternative names must include it");
    }

    public static IEnumerable<string> ClientFaults(X509Certificate2 certificate, DateTimeOffset now) =>
        Faults(certificate, ClientAuthentication, "client authentication", now);

    /// <summary>An authority that has ended may stay in a bundle beside its successor, but not alone.</summary>
    public static IEnumerable<string> AuthorityFaults(IReadOnlyCollection<X509Certificate2> authorities, DateTimeOffset now)
    {
        if (authorities.Count == 0)
            yield return "holds no certificate";
        else if (authorities.All(authority => now.UtcDateTime >= authority.NotAfter.ToUniversalTime()))
            yield return "holds only certificates that have expired";
        if (authorities.Any(authority => IsWeak(authority)))
            yield return $"holds a weak key; RSA needs {LeastRsa} bits, a curve {LeastCurve}";
    }

    private static IEnumerable<string> Faults(X509Certificate2 certificate, string usage, string called, DateTimeOffset now)
    {
        if (now.UtcDateTime >= certificate.NotAfter.ToUniversalTime())
            yield return $"expired at {certificate.NotAfter.ToUniversalTime():u}";
        if (now.UtcDateTime < certificate.NotBefore.ToUniversalTime())
            yield return $"is not valid before {certificate.NotBefore.ToUniversalTime():u}; is the clock right?";
        if (IsWeak(certificate))
            yield return $"has a weak key; RSA needs {LeastRsa} bits, a curve {LeastCurve}";
        if (certificate.SignatureAlgorithm.Value is { } algorithm && BrokenHashes.Contains(algorithm))
            yield return $"is signed with {certificate.SignatureAlgorithm.FriendlyName}; SHA-256 or better is needed";
        var usages = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>()).ToArray();
        if (!Array.Exists(usages, oid => oid.Value == usage))
            yield return $"lacks the extended key usage for {called}";
        if (certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(extension => extension.CertificateAuthority))
            yield return "is an authority's certificate, not one for an end point";
    }

    private static bool IsWeak(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var curve = certificate.GetECDsaPublicKey();
        return rsa?.KeySize < LeastRsa || curve?.KeySize < LeastCurve;
    }
}
