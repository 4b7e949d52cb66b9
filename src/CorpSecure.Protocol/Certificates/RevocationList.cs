using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Security.Certificates;
using Org.BouncyCastle.X509;

namespace CorpSecure.Protocol.Certificates;

/// <summary>What a revocation list says of a certificate.</summary>
public enum RevocationStatus
{
    /// <summary>There is no list of its issuer, or it is out of date: nothing is known, so it does not count as good.</summary>
    Unknown,

    /// <summary>It is on the list.</summary>
    Revoked,

    /// <summary>Its issuer's current list does not have it.</summary>
    Good,
}

/// <summary>
/// Certificate revocation lists from a file (RFC 5280, section 5), with their signatures verified. The platform reads lists only from
/// where certificates point to, which a gateway behind a firewall cannot reach. Immutable.
/// </summary>
public sealed class RevocationList
{
    private readonly List<X509Crl> _lists;

    private RevocationList(List<X509Crl> lists) => _lists = lists;

    /// <summary>Reads a file of one or more complete lists, PEM or DER.</summary>
    /// <param name="file">The file.</param>
    /// <param name="issuers">The authorities that may have signed them.</param>
    /// <exception cref="CryptographicException">There is no list, or one that is signed by none of them or is only part of a list.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RevocationList Load(string file, IReadOnlyCollection<X509Certificate2> issuers)
    {
        ArgumentNullException.ThrowIfNull(issuers);
        var lists = Parse(File.ReadAllBytes(file), file);
        if (lists.Count == 0)
            throw new CryptographicException($"{file}: no revocation list in the file.");
        foreach (var list in lists)
        {
            // Deltas and lists for only some certificates say so in critical extensions.
            if (list.GetCriticalExtensionOids() is { Count: > 0 })
                throw new CryptographicException($"{file}: the list of {list.IssuerDN} is not a complete one.");
            if (!issuers.Any(issuer => IsSignedBy(list, issuer)))
                throw new CryptographicException($"{file}: the list of {list.IssuerDN} is signed by none of the trusted authorities.");
        }

        return new RevocationList(lists);
    }

    /// <summary>What is known of a certificate at a time.</summary>
    public RevocationStatus StatusOf(X509Certificate2 certificate, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var serial = new BigInteger(1, certificate.SerialNumberBytes.Span);
        var issuer = certificate.IssuerName.RawData;
        var status = RevocationStatus.Unknown;
        foreach (var list in _lists)
        {
            if (!list.IssuerDN.GetEncoded().AsSpan().SequenceEqual(issuer))
                continue;
            if (list.GetRevokedCertificate(serial) is not null)
                return RevocationStatus.Revoked; // even by a list that is out of date
            if (list.NextUpdate is { } next && next.ToUniversalTime() > now.UtcDateTime && list.ThisUpdate.ToUniversalTime() <= now.UtcDateTime)
                status = RevocationStatus.Good;
        }

        return status;
    }

    private static List<X509Crl> Parse(byte[] bytes, string file)
    {
        try
        {
            return [.. new X509CrlParser().ReadCrls(new MemoryStream(bytes))];
        }
        catch (Exception error) when (error is CrlException or IOException or ArgumentException or InvalidCastException)
        {
            throw new CryptographicException($"{file}: not a revocation list.", error);
        }
    }

    // RFC 5280, section 6.3.3 (f).
    private static bool MaySignLists(X509Certificate2 issuer) =>
        issuer.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is not { } usage || usage.KeyUsages.HasFlag(X509KeyUsageFlags.CrlSign);

    private static bool IsSignedBy(X509Crl list, X509Certificate2 issuer)
    {
        if (!list.IssuerDN.GetEncoded().AsSpan().SequenceEqual(issuer.SubjectName.RawData) || !MaySignLists(issuer))
            return false;
        try
        {
            list.Verify(PublicKeyFactory.CreateKey(issuer.PublicKey.ExportSubjectPublicKeyInfo()));
            return true;
        }
        catch (Exception error) when (error is GeneralSecurityException or ArgumentException or IOException)
        {
            return false;
        }
    }
}
