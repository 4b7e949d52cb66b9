using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using CorpSecure.Acceptance.Tests.Targets;
using CorpSecure.Client;
using CorpSecure.Client.SignIn;
using CorpSecure.Client.Tokens;
using CorpSecure.Client.Trust;
using CorpSecure.DevHost.Demo;
using CorpSecure.Protocol.Signatures;
using Microsoft.Extensions.DependencyInjection;

namespace CorpSecure.Acceptance.Tests.BlackBox;

/// <summary>An ERP system without a user: client credentials, bound to a key or to its certificate.</summary>
public sealed class MachineTests(Target target) : BlackBoxTests(target)
{
    private string Issuer => Target.Addresses.IdentityCorporate + "/";

    [Fact]
    public async Task With_a_key_it_reads_the_accounts_of_its_client()
    {
        var registration = Target.Demo.OauthClients.Single(client => client.ClientId == "acme-erp");
        using var clientKey = SigningKey.FromPem(registration.KeyId, await File.ReadAllTextAsync(registration.KeyFile));
        using var dpopKey = SigningKey.Generate("erp");
        using var http = new HttpClient(GatewayTransport.Create(Target.Demo.CaFile));
        using var tokens = CachedTokens.ForClient(http, Issuer, new OAuthClient(registration.ClientId, clientKey), registration.Scope, TimeProvider.System, dpopKey);

        (await AccountsAsync(options => (options.AccessToken, options.DpopKey) = (tokens.GetAsync, dpopKey))).ShouldBe(50);
    }

    [Fact]
    public async Task With_a_certificate_it_needs_no_key_at_all()
    {
        using var certificate = Load("active");
        using var http = new HttpClient(GatewayTransport.Create(Target.Demo.CaFile, certificate));
        using var tokens = CachedTokens.ForClient(http, Issuer, OAuthClient.ByCertificate("acme-erp-mtls"), "corporate", TimeProvider.System);

        (await AccountsAsync(options => (options.AccessToken, options.ClientCertificate) = (tokens.GetAsync, certificate))).ShouldBe(50);

        var stolen = (await tokens.GetAsync(CancellationToken.None)).Value;
        await RefusedAsync(await ReadAsync("/corporate/v1/accounts", new(stolen, Key: null)), 401, "token.binding");
    }

    [Fact]
    public async Task A_revoked_certificate_gets_no_token()
    {
        using var certificate = Load("revoked");
        using var http = new HttpClient(GatewayTransport.Create(Target.Demo.CaFile, certificate));
        using var tokens = CachedTokens.ForClient(http, Issuer, OAuthClient.ByCertificate("acme-erp-mtls"), "corporate", TimeProvider.System);

        var refusal = await Should.ThrowAsync<Exception>(async () => await tokens.GetAsync(CancellationToken.None));
        (refusal is HttpRequestException or SignInException { Error: "invalid_client" }).ShouldBeTrue(refusal.ToString());
    }

    private async Task<int> AccountsAsync(Action<CorpSecureOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddHttpClient("erp").AddCorpSecure(options =>
        {
            options.Gateway = new Uri(Target.Addresses.Gateway);
            options.CaFile = Target.Demo.CaFile;
            configure(options);
        });
        await using var provider = services.BuildServiceProvider();
        using var answer = await provider.GetRequiredService<IHttpClientFactory>().CreateClient("erp").GetAsync("/corporate/v1/accounts?limit=50");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accounts").GetArrayLength();
    }

    private X509Certificate2 Load(string state)
    {
        var files = Target.Demo.ClientCertificates.Single(each => each.State == state);
        return X509Certificate2.CreateFromPemFile(files.CertificateFile, files.KeyFile);
    }
}
