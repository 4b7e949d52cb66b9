using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CorpSecure.DevHost.Pki;
using CorpSecure.Gateway.Certificates;
using CorpSecure.Gateway.Decisions;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Certificates;

/// <summary>Certificates of clients at 8443: no good one, no connection; and what goes bad on an open connection is found at the next request.</summary>
[Collection(GatewayCollection.Name)]
public sealed class ClientCertificateTests(Surroundings surroundings) : IAsyncLifetime
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string Payees = "/corporate/v1/payees";

    private readonly DirectoryInfo folder = surroundings.Directory.CreateSubdirectory($"clients-{FreePort.Take()}");
    private readonly X509Certificate2 authority = MakeAuthority("CN=Clients");
    private GatewayWorld world = null!;

    private string CrlFile => Path.Combine(folder.FullName, "clients.crl");

    public async Task InitializeAsync()
    {
        var ca = Path.Combine(folder.FullName, "clients-ca.pem");
        await File.WriteAllTextAsync(ca, authority.ExportCertificatePem());
        Publish();
        world = await GatewayWorld.StartAsync(surroundings, settings =>
        {
            settings["Listeners:Api:ClientCaFile"] = ca;
            settings["Listeners:Api:ClientCrlFile"] = CrlFile;
        }, PolicyText.Roomy);
    }

    public async Task DisposeAsync()
    {
        await world.DisposeAsync();
        authority.Dispose();
    }

    [Fact]
    public async Task A_good_certificate_opens_until_it_is_revoked_even_on_an_open_connection()
    {
        using var certificate = Issue(ClientAuthentication, -1, 30);
        using var http = Client(certificate);
        var request = ARequest.Get(world, Payees).WithToken(Token(certificate));
        (await world.SendAsync(request.Build(), http)).Status.ShouldBe(200);

        Publish(certificate);
        world.Service<FileReloader>().Look(settled: true);

        var answer = await world.ShouldRefuseAsync(request.Build(), 401, "certificate.revoked", http);
        answer.Code.ShouldBe("token.binding");
        await NoConnectionAsync(certificate, "certificate.revoked");
    }

    [Fact]
    public async Task A_list_that_is_out_of_date_lets_nobody_in()
    {
        using var certificate = Issue(ClientAuthentication, -1, 30);
        using var http = Client(certificate);
        var request = ARequest.Get(world, Payees).WithToken(Token(certificate));
        (await world.SendAsync(request.Build(), http)).Status.ShouldBe(200);
        await world.PassAsync(TimeSpan.FromDays(3));
        await world.ShouldRefuseAsync(ARequest.Get(world, Payees).WithToken(Token(certificate)).Build(), 401, "certificate.revoked", http);
    }

    [Fact]
    public async Task An_expired_certificate_gets_no_connection_and_is_counted()
    {
        using var certificate = Issue(ClientAuthentication, -30, 29);
        await NoConnectionAsync(certificate, "certificate.expired");
    }

    [Fact]
    public async Task A_certificate_for_servers_gets_no_connection_and_is_counted()
    {
        using var certificate = Issue(ServerAuthentication, -1, 30);
        await NoConnectionAsync(certificate, "certificate.purpose");
    }

    [Fact]
    public async Task A_certificate_of_another_authority_gets_no_connection_and_is_counted()
    {
        using var other = MakeAuthority("CN=Clients");
        using var certificate = Issue(ClientAuthentication, -1, 30, other);
        await NoConnectionAsync(certificate, "certificate.untrusted");
        using var named = X509Certificate2.CreateFromPemFile(surroundings.ClientCertificate.CertificateFile, surroundings.ClientCertificate.KeyFile);
        await NoConnectionAsync(named, "certificate.untrusted");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("another authority's")]
    public async Task A_list_that_cannot_be_used_stops_the_start(string content)
    {
        var file = Path.Combine(folder.FullName, "bad.crl");
        using var other = MakeAuthority("CN=Clients");
        File.WriteAllText(file, content == "nonsense" ? content : PemEncoding.WriteString("X509 CRL", List(other)));
        (await Should.ThrowAsync<StartRefusedException>(() => GatewayHost.BuildAsync([.. world.Arguments, $"--Listeners:Api:ClientCrlFile={file}"]))).Message.ShouldContain("Listeners:Api:ClientCrlFile");
        (await Should.ThrowAsync<StartRefusedException>(() => GatewayHost.BuildAsync([.. world.Arguments, "--Listeners:Api:ClientCaFile="]))).Message.ShouldContain("is of no use without ClientCaFile");
    }

    private async Task NoConnectionAsync(X509Certificate2 certificate, string reason)
    {
        var before = world.LastCoreCall();
        using var http = Client(certificate);
        await Should.ThrowAsync<HttpRequestException>(() => world.SendAsync(ARequest.Get(world, Payees).WithToken(Token(certificate)).Build(), http));
        await world.Service<RefusalCounter>().FlushAsync();
        (await world.QueryAsync<long>($"select coalesce(sum((payload ->> 'count')::bigint), 0)::bigint from ledger.entries where kind = 3 and payload -> 'reasons' ->> 0 = '{reason}'")).ShouldBePositive();
        world.LastCoreCall().ShouldBe(before);
    }

    private string Token(X509Certificate2 certificate)
    {
        var claims = People.Claims(world, "anna");
        claims["cnf"] = new Dictionary<string, object> { ["x5t#S256"] = Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(certificate.GetCertHash(HashAlgorithmName.SHA256)) };
        return world.Corporate.Token(claims);
    }

    private HttpClient Client(X509Certificate2 certificate) => new(new SocketsHttpHandler
    {
        SslOptions =
        {
            CertificateChainPolicy = surroundings.Authority.ChainPolicy,
            // As it is: the platform would send none that it thinks unsuitable.
            ClientCertificateContext = System.Net.Security.SslStreamCertificateContext.Create(certificate, null, offline: true),
        },
    });

    private void Publish(params X509Certificate2[] revoked) => File.WriteAllText(CrlFile, PemEncoding.WriteString("X509 CRL", List(authority, revoked)));

    private static byte[] List(X509Certificate2 issuer, params X509Certificate2[] revoked)
    {
        var builder = new CertificateRevocationListBuilder();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var certificate in revoked)
            builder.AddEntry(certificate, now.AddMinutes(-1));
        return builder.Build(issuer, 1, now.AddDays(2), HashAlgorithmName.SHA256, thisUpdate: now.AddMinutes(-5));
    }

    private X509Certificate2 Issue(string usage, int from, int days, X509Certificate2? by = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        var start = TimeProvider.System.GetUtcNow().AddDays(from);
        using var certificate = request.Create(by ?? authority, start, start.AddDays(days), RandomNumberGenerator.GetBytes(8));
        return X509CertificateLoader.LoadPkcs12(certificate.CopyWithPrivateKey(key).Export(X509ContentType.Pkcs12), null);
    }

    private static X509Certificate2 MakeAuthority(string name)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-100), now.AddDays(1000));
    }
}
