using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CorpSecure.DevHost.Pki;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Certificates;

/// <summary>A certificate with one thing wrong.</summary>
public sealed record OddCertificate
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public string? Name { get; init; } = "localhost";

    public string? Usage { get; init; } = ServerAuthentication;

    public int From { get; init; } = -1;

    public int Days { get; init; } = 30;

    public int RsaBits { get; init; }

    public bool Sha1 { get; init; }

    public bool Authority { get; init; }

    public PemFiles Write(string folder)
    {
        var files = new PemFiles(Path.Combine(folder, "odd.pem"), Path.Combine(folder, "odd.key"));
        using AsymmetricAlgorithm key = RsaBits > 0 ? RSA.Create(RsaBits) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = key is RSA rsa
            ? new CertificateRequest("CN=localhost", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest("CN=localhost", (ECDsa)key, HashAlgorithmName.SHA256);
        if (Name is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(Name);
            request.CertificateExtensions.Add(names.Build());
        }

        if (Usage is not null)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(Usage)], critical: false));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(Authority, false, 0, critical: true));
        var from = TimeProvider.System.GetUtcNow().AddDays(From);
        using var certificate = Sha1
            ? request.Create(request.SubjectName, new Sha1Signatures((RSA)key), from, from.AddDays(Days), [1, 2, 3])
            : request.CreateSelfSigned(from, from.AddDays(Days));
        File.WriteAllText(files.CertificateFile, certificate.ExportCertificatePem());
        SecretFile.Write(files.KeyFile, key.ExportPkcs8PrivateKeyPem());
        return files;
    }

    /// <summary>What the platform no longer makes by itself.</summary>
    private sealed class Sha1Signatures(RSA key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => Convert.FromHexString("300D06092A864886F70D0101050500");

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);

        protected override PublicKey BuildPublicKey() => CreateForRSA(key, RSASignaturePadding.Pkcs1).PublicKey;
    }
}
