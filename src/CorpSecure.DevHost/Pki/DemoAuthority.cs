using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CorpSecure.DevHost.Pki;

/// <summary>The certificate and key of one part, as PEM files; the key's is 0600.</summary>
public sealed record PemFiles(string CertificateFile, string KeyFile);

/// <summary>What a certificate may be used for.</summary>
[Flags]
public enum LeafUsage
{
    Server = 1,
    Client = 2,
}

/// <summary>
/// The certificate authority of one data directory. What it made is used again on the next start, and renewed when it
/// nears its end; a renewed authority renews everything below it.
/// </summary>
public sealed class DemoAuthority : IDisposable
{
    private static readonly TimeSpan AuthorityLife = TimeSpan.FromDays(3650);
    private static readonly TimeSpan LeafLife = TimeSpan.FromDays(365);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    private readonly string directory;
    private readonly TimeProvider time;
    private readonly X509Certificate2 certificate;

    private DemoAuthority(string directory, TimeProvider time, X509Certificate2 certificate)
    {
        this.directory = directory;
        this.time = time;
        this.certificate = certificate;
    }

    public string CertificateFile => Path.Combine(directory, "ca.pem");

    /// <summary>A chain policy that trusts this authority and nothing else.</summary>
    public X509ChainPolicy ChainPolicy => TrustOnly(certificate);

    public static async Task<DemoAuthority> OpenAsync(string directory, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(time);
        Directory.CreateDirectory(directory);
        var files = FilesOf(directory, "ca");
        if (Load(files) is not { } certificate || IsNearItsEnd(certificate, time))
        {
            certificate = DemoCertificates.MakeAuthority(time.GetUtcNow(), AuthorityLife);
            await SaveAsync(files, certificate, cancellation);
        }
        return new DemoAuthority(directory, time, certificate);
    }

    /// <summary>The certificate of a part, valid for localhost, 127.0.0.1 and ::1: the one it has, or a new one.</summary>
    public Task<PemFiles> IssueAsync(string name, LeafUsage usage, CancellationToken cancellation) => IssueAsync(name, usage, [], cancellation);

    /// <summary>As the other, valid for further hosts too.</summary>
    public Task<PemFiles> IssueAsync(string name, LeafUsage usage, IReadOnlyList<string> hosts, CancellationToken cancellation) =>
        IssueAsync(name, usage, hosts, name, cancellation);

    /// <summary>As the other, in files named otherwise than its subject.</summary>
    public async Task<PemFiles> IssueAsync(string name, LeafUsage usage, IReadOnlyList<string> hosts, string subject, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        var files = FilesOf(directory, name);
        using (var existing = Load(files))
        {
            if (existing is not null && !IsNearItsEnd(existing, time) && IsOurs(existing) && DemoCertificates.Allows(existing, usage) && hosts.All(host => existing.MatchesHostname(host)))
                return files;
        }
        using var made = DemoCertificates.MakeLeaf(subject, usage, certificate, time.GetUtcNow(), LeafLife, hosts);
        await SaveAsync(files, made, cancellation);
        return files;
    }

    /// <summary>Keeps its revocation list, in PEM, beside its certificates.</summary>
    public async Task KeepRevocationsAsync(string name, IEnumerable<PemFiles> revoked, CancellationToken cancellation)
    {
        var file = Path.Combine(directory, name);
        var certificates = revoked.Select(each => X509CertificateLoader.LoadCertificateFromFile(each.CertificateFile)).ToList();
        if (!DemoRevocations.IsGood(file, certificate, certificates, time.GetUtcNow()))
            await File.WriteAllTextAsync(file, DemoRevocations.MakePem(certificate, certificates, time.GetUtcNow()) + "\n", cancellation);
        certificates.ForEach(each => each.Dispose());
    }

    public void Dispose() => certificate.Dispose();

    /// <summary>A chain policy that trusts the given authorities and nothing else.</summary>
    public static X509ChainPolicy TrustOnly(params IEnumerable<X509Certificate2> authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // A demo authority publishes no revocation list.
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(authorities.ToArray());
        return policy;
    }

    private static PemFiles FilesOf(string directory, string name) =>
        new(Path.Combine(directory, $"{name}.pem"), Path.Combine(directory, $"{name}.key"));

    private static X509Certificate2? Load(PemFiles files) =>
        File.Exists(files.CertificateFile) && File.Exists(files.KeyFile)
            ? X509Certificate2.CreateFromPemFile(files.CertificateFile, files.KeyFile)
            : null;

    private static async Task SaveAsync(PemFiles files, X509Certificate2 certificate, CancellationToken cancellation)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        await PrivateFile.WriteAsync(files.KeyFile, key.ExportPkcs8PrivateKeyPem() + "\n", cancellation);
        await File.WriteAllTextAsync(files.CertificateFile, certificate.ExportCertificatePem() + "\n", cancellation);
    }

    private static bool IsNearItsEnd(X509Certificate2 certificate, TimeProvider time) =>
        certificate.NotAfter.ToUniversalTime() - RenewBefore < time.GetUtcNow().UtcDateTime;

    private bool IsOurs(X509Certificate2 leaf)
    {
        using var chain = new X509Chain { ChainPolicy = ChainPolicy };
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        return chain.Build(leaf);
    }
}
