using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CorpSecure.Protocol.Certificates;

namespace CorpSecure.Identity.Mtls;

/// <summary>
/// Which client certificates are good. The handshake proves the chain; this adds what a chain does not ask, and asks it
/// again with every request, since connections outlive what was true at their start.
/// </summary>
public sealed partial class ClientCertificates(MtlsListenerSettings settings, TimeProvider clock, ILogger<ClientCertificates> logger)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private readonly Lock reloading = new();
    private RevocationList? revoked;
    private DateTime readAt;

    /// <summary>For one handshake: its time is the time of the clock.</summary>
    public X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck, // by our file below: where certificates point to cannot be reached from here
            VerificationTime = clock.GetUtcNow().LocalDateTime,
            ApplicationPolicy = { new Oid(ClientAuthentication) },
        };
        policy.CustomTrustStore.AddRange(settings.Authorities);
        return policy;
    }

    public bool AreGood(X509Chain chain) =>
        chain.ChainElements.Count > 1 && IsGood(chain.ChainElements[0].Certificate)
        && chain.ChainElements.Skip(1).SkipLast(1).All(element => IsNotRevoked(element.Certificate));

    public bool IsGood(X509Certificate2 certificate)
    {
        var fault = Fault(certificate);
        if (fault is not null)
            LogRefused(fault, certificate.GetCertHashString(HashAlgorithmName.SHA256));
        return fault is null;
    }

    public void Refused(string fault, X509Certificate2? certificate) => LogRefused(fault, certificate?.GetCertHashString(HashAlgorithmName.SHA256) ?? "none");

    private string? Fault(X509Certificate2 certificate)
    {
        var now = clock.GetUtcNow();
        if (now < certificate.NotBefore || now >= certificate.NotAfter)
            return "expired";
        if (!certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(usage => usage.EnhancedKeyUsages[ClientAuthentication] is not null))
            return "purpose"; // a certificate for everything is for no client
        return IsNotRevoked(certificate) ? null : "revoked";
    }

    // Unknown is not good: a list that nobody renews must not let revoked certificates in again.
    private bool IsNotRevoked(X509Certificate2 certificate) =>
        settings.RevocationListFile is not { } file || Current(file).StatusOf(certificate, clock.GetUtcNow()) == RevocationStatus.Good;

    private RevocationList Current(string file)
    {
        lock (reloading)
        {
            var written = File.GetLastWriteTimeUtc(file);
            if (revoked is null || written != readAt)
                (revoked, readAt) = (Reload(file), written);
            return revoked;
        }
    }

    // A file that cannot be read any more leaves the last good list, which its own date ends.
    private RevocationList Reload(string file)
    {
        try
        {
            return RevocationList.Load(file, [.. settings.Authorities]);
        }
        catch (Exception error) when (revoked is not null && error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            LogNotReloaded(error);
            return revoked!;
        }
    }

    [LoggerMessage(3131, LogLevel.Warning, "A client certificate was refused: {Fault} (SHA-256 {Thumbprint})")]
    private partial void LogRefused(string fault, string thumbprint);

    [LoggerMessage(3132, LogLevel.Error, "The revocation list of client certificates cannot be read; the last good one stays in force")]
    private partial void LogNotReloaded(Exception error);
}
