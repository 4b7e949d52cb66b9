using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Import;
using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.Mtls;

/// <summary>A replica of the corporate realm that has a listener for client certificates, and the authority behind them.</summary>
public sealed class MtlsWorld : IAsyncDisposable
{
    private readonly IdentityFixture fixture;

    private MtlsWorld(IdentityFixture fixture, ClientAuthority authority, TestServer server)
    {
        this.fixture = fixture;
        Authority = authority;
        Server = server;
    }

    public ClientAuthority Authority { get; }

    public TestServer Server { get; }

    public static async Task<MtlsWorld> StartAsync(IdentityFixture fixture, bool withList = true)
    {
        var authority = new ClientAuthority(fixture.Clock.GetUtcNow());
        var settings = fixture.Configuration(Realm.Corporate, 3);
        settings["MtlsListener:Address"] = "127.0.0.1";
        settings["MtlsListener:Port"] = "0";
        settings["MtlsListener:Origin"] = "https://localhost:8445/";
        settings["MtlsListener:CertificateFile"] = fixture.Authority.CertificateFile;
        settings["MtlsListener:KeyFile"] = fixture.Authority.KeyFile;
        settings["MtlsListener:ClientCaFile"] = authority.CertificateFile;
        if (withList)
            settings["MtlsListener:ClientCrlFile"] = authority.ListFile;
        return new MtlsWorld(fixture, authority, await TestServer.StartAsync(fixture, settings));
    }

    /// <summary>A machine that is known by the name in its certificate.</summary>
    public Task<Portal> MachineAsync(string? subject = null, string? dns = null) => Portal.CreateAsync(
        fixture,
        Server,
        client => client with { Jwk = null, TlsClientAuthSubjectDn = subject, TlsClientAuthSanDns = dns, Grants = ["client_credentials"], RedirectUris = [], Client = "acme", Subject = "acme-erp" });

    public static async Task<TokenAnswer> TokenAsync(HttpClient http, string clientId, params (string Name, string Value)[] more)
    {
        var fields = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["scope"] = "corporate", ["client_id"] = clientId };
        foreach (var (name, value) in more)
            fields[name] = value;
        using var response = await http.PostAsync("/connect/token", new FormUrlEncodedContent(fields));
        return await TokenAnswer.ReadAsync(response);
    }

    public async Task<TokenAnswer> TokenAsync(X509Certificate2 certificate, string clientId, params (string Name, string Value)[] more)
    {
        using var http = Server.NewClient(certificate);
        return await TokenAsync(http, clientId, more);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Authority.Dispose();
    }
}
