using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CorpSecure.Protocol.Certificates;

namespace CorpSecure.Protocol.Tests.Certificates;

public sealed class RevocationListTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly string file = Path.GetTempFileName();
    private readonly X509Certificate2 authority = Authority("CN=Authority");

    public void Dispose()
    {
        File.Delete(file);
        authority.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_certificate_on_the_list_is_revoked_and_another_is_good(bool pem)
    {
        using var bad = Leaf(authority, 1);
        using var good = Leaf(authority, 2);
        Write(authority, pem, bad);
        var list = RevocationList.Load(file, [authority]);

        Assert.Equal(RevocationStatus.Revoked, list.StatusOf(bad, Now));
        Assert.Equal(RevocationStatus.Good, list.StatusOf(good, Now));
    }

    [Fact]
    public void A_list_that_is_out_of_date_makes_nothing_good()
    {
        using var bad = Leaf(authority, 1);
        using var other = Leaf(authority, 2);
        Write(authority, pem: true, bad);
        var list = RevocationList.Load(file, [authority]);

        Assert.Equal(RevocationStatus.Revoked, list.StatusOf(bad, Now.AddDays(8)));
        Assert.Equal(RevocationStatus.Unknown, list.StatusOf(other, Now.AddDays(8)));
        Assert.Equal(RevocationStatus.Unknown, list.StatusOf(other, Now.AddDays(-2)));
    }

    [Fact]
    public void Of_another_issuers_certificate_nothing_is_known()
    {
        using var elsewhere = Authority("CN=Elsewhere");
        using var leaf = Leaf(elsewhere, 1);
        Write(authority, pem: true);

        Assert.Equal(RevocationStatus.Unknown, RevocationList.Load(file, [authority, elsewhere]).StatusOf(leaf, Now));
    }

    [Fact]
    public void A_list_signed_by_nobody_trusted_is_refused()
    {
        using var impostor = Authority("CN=Authority");
        Write(impostor, pem: true);

        Assert.Contains("signed by none", Assert.Throws<CryptographicException>(() => RevocationList.Load(file, [authority])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n")]
    public void What_is_no_list_is_refused(string text)
    {
        File.WriteAllText(file, text);
        Assert.Throws<CryptographicException>(() => RevocationList.Load(file, [authority]));
    }

    private void Write(X509Certificate2 issuer, bool pem, params X509Certificate2[] revoked)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked)
            builder.AddEntry(certificate, Now);
        var list = builder.Build(issuer, 1, Now.AddDays(7), HashAlgorithmName.SHA256, thisUpdate: Now.AddDays(-1));
        File.WriteAllBytes(file, pem ? System.Text.Encoding.ASCII.GetBytes(PemEncoding.WriteString("X509 CRL", list)) : list);
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
    }

    private static X509Certificate2 Leaf(X509Certificate2 issuer, byte serial)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=Leaf {serial}", key, HashAlgorithmName.SHA256);
        return request.Create(issuer, Now.AddDays(-1), Now.AddDays(30), [serial]);
    }
}
