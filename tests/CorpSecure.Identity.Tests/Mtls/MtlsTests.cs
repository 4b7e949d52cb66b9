using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.Mtls;

[Collection(IdentityCollection.Name)]
public sealed class MtlsTests(IdentityFixture fixture) : IAsyncLifetime
{
    private const string Subject = "CN=erp-1, O=Acme Industries, C=DE";
    private MtlsWorld world = null!;

    public async Task InitializeAsync() => world = await MtlsWorld.StartAsync(fixture);

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Theory]
    [InlineData(Subject, null)]
    [InlineData(null, "erp.acme.example")]
    public async Task A_client_known_by_a_name_in_its_certificate_gets_a_token_bound_to_it(string? subject, string? dns)
    {
        using var machine = await world.MachineAsync(subject, dns);
        using var certificate = world.Authority.Issue(subject ?? "CN=anything", dns: dns);

        var answer = await world.TokenAsync(certificate, machine.ClientId);

        answer.Status.ShouldBe(200, answer.Body.ToString());
        answer.Body.GetProperty("token_type").GetString().ShouldBe("Bearer");
        var bound = Jwt.Payload(answer.AccessToken).GetProperty("cnf").EnumerateObject().Single();
        bound.Name.ShouldBe("x5t#S256");
        bound.Value.GetString().ShouldBe(Base64Url.EncodeToString(SHA256.HashData(certificate.RawData)));
    }

    [Theory]
    [InlineData("CN=erp-2, O=Acme Industries, C=DE", null)]
    [InlineData("C=DE, O=Acme Industries, CN=erp-1", null)]
    [InlineData("CN=erp-1, O=Acme Industries", null)]
    [InlineData("CN=\"erp-1, O=Acme Industries, C=DE\"", null)]
    [InlineData("CN=erp-1, O=Acme Industries, C=DE, OU=x", "erp.acme.example")]
    public async Task Another_name_is_another_client(string subject, string? dns)
    {
        using var machine = await world.MachineAsync(Subject);
        using var certificate = world.Authority.Issue(subject, dns: dns);

        var answer = await world.TokenAsync(certificate, machine.ClientId);

        answer.Status.ShouldBe(401);
        answer.Error.ShouldBe("invalid_client");
        (await fixture.AboutAsync(machine)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_DNS_name_is_not_looked_for_in_the_subject_nor_within_other_names()
    {
        using var machine = await world.MachineAsync(dns: "erp.acme.example");
        foreach (var dns in new[] { null, "x.erp.acme.example", "*.acme.example", "erp.acme.example.evil.example" })
        {
            using var certificate = world.Authority.Issue("CN=erp.acme.example", dns: dns);
            (await world.TokenAsync(certificate, machine.ClientId)).Error.ShouldBe("invalid_client");
        }
    }

    public static TheoryData<string> Faults => ["expired", "untrusted", "self-signed", "for servers", "for nothing", "revoked", "none"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_bad_certificate_does_not_get_through_the_handshake(string fault)
    {
        using var machine = await world.MachineAsync(Subject);
        using var stranger = new ClientAuthority(fixture.Clock.GetUtcNow());
        using var certificate = fault switch
        {
            "expired" => world.Authority.Issue(Subject, life: TimeSpan.FromMinutes(-1)),
            "untrusted" => stranger.Issue(Subject),
            "self-signed" => SelfSigned(),
            "for servers" => world.Authority.Issue(Subject, ClientAuthority.ForServers),
            "for nothing" => world.Authority.Issue(Subject, purpose: null),
            _ => world.Authority.Issue(Subject),
        };
        if (fault == "revoked")
            world.Authority.Revoke(certificate);
        using var http = fault == "none" ? Anonymous() : world.Server.NewClient(certificate);

        await Should.ThrowAsync<HttpRequestException>(() => MtlsWorld.TokenAsync(http, machine.ClientId));

        (await fixture.AboutAsync(machine)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_certificate_revoked_while_its_connection_stands_is_refused_at_the_next_request()
    {
        using var machine = await world.MachineAsync(Subject);
        using var certificate = world.Authority.Issue(Subject);
        using var http = world.Server.NewClient(certificate);
        (await MtlsWorld.TokenAsync(http, machine.ClientId)).Status.ShouldBe(200);

        world.Authority.Revoke(certificate);

        (await MtlsWorld.TokenAsync(http, machine.ClientId)).Error.ShouldBe("invalid_client");
    }

    [Fact]
    public async Task Under_a_list_that_is_out_of_date_nobody_is_let_in()
    {
        using var machine = await world.MachineAsync(Subject);
        using var certificate = world.Authority.Issue(Subject);
        world.Authority.WriteList(fixture.Clock.GetUtcNow().AddSeconds(-1));

        await Should.ThrowAsync<HttpRequestException>(() => world.TokenAsync(certificate, machine.ClientId));
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_any_more_leaves_the_last_good_one_in_force()
    {
        using var machine = await world.MachineAsync(Subject);
        using var good = world.Authority.Issue(Subject);
        using var revoked = world.Authority.Issue(Subject);
        world.Authority.Revoke(revoked);
        (await world.TokenAsync(good, machine.ClientId)).Status.ShouldBe(200);

        await File.WriteAllTextAsync(world.Authority.ListFile, "not a list");

        (await world.TokenAsync(good, machine.ClientId)).Status.ShouldBe(200);
        await Should.ThrowAsync<HttpRequestException>(() => world.TokenAsync(revoked, machine.ClientId));
    }

    [Fact]
    public async Task A_client_with_a_key_may_bind_its_tokens_to_a_certificate_but_does_not_authenticate_by_it()
    {
        using var portal = await Portal.CreateAsync(fixture, world.Server, client => client with { Grants = ["client_credentials"], RedirectUris = [], Client = "acme" });
        using var certificate = world.Authority.Issue($"CN={portal.ClientId}");

        var alone = await world.TokenAsync(certificate, portal.ClientId);
        var both = await world.TokenAsync(
            certificate, portal.ClientId, ("client_assertion", portal.Assertion()), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));

        alone.Error.ShouldBe("invalid_client");
        both.Status.ShouldBe(200, both.Body.ToString());
        Jwt.Payload(both.AccessToken).GetProperty("cnf").TryGetProperty("x5t#S256", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_proof_here_is_for_the_address_here_and_outranks_the_certificate()
    {
        using var machine = await world.MachineAsync(Subject);
        using var certificate = world.Authority.Issue(Subject);
        using var http = world.Server.NewClient(certificate);

        var there = await AskAsync(machine.Proof.Make("/connect/token"));
        var here = await AskAsync(machine.Proof.Make("/connect/token", claims => claims["htu"] = "https://localhost:8445/connect/token"));

        there.Error.ShouldBe("invalid_dpop_proof");
        here.Status.ShouldBe(200, here.Body.ToString());
        here.Body.GetProperty("token_type").GetString().ShouldBe("DPoP");
        var bound = Jwt.Payload(here.AccessToken).GetProperty("cnf").EnumerateObject().Single();
        bound.Value.GetString().ShouldBe(machine.Proof.Thumbprint);

        async Task<TokenAnswer> AskAsync(string proof)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["scope"] = "corporate", ["client_id"] = machine.ClientId }),
            };
            request.Headers.Add("DPoP", proof);
            using var response = await http.SendAsync(request);
            return await TokenAnswer.ReadAsync(response);
        }
    }

    [Fact]
    public async Task A_client_known_by_certificate_is_nobody_at_the_other_listener()
    {
        using var machine = await world.MachineAsync(Subject);
        using var http = world.Server.NewClient();

        (await MtlsWorld.TokenAsync(http, machine.ClientId)).Error.ShouldNotBeNull();
        (await MtlsWorld.TokenAsync(http, machine.ClientId, ("client_assertion", machine.Assertion()), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"))).Error.ShouldNotBeNull();
    }

    [Fact]
    public async Task Discovery_announces_the_aliases_and_the_way_to_authenticate()
    {
        using var certificate = world.Authority.Issue(Subject);

        var discovery = await world.Server.DiscoverAsAsync("evil.example", certificate);

        var aliases = discovery.GetProperty("mtls_endpoint_aliases");
        aliases.GetProperty("token_endpoint").GetString().ShouldBe("https://localhost:8445/connect/token");
        aliases.GetProperty("revocation_endpoint").GetString().ShouldBe("https://localhost:8445/connect/revoke");
        aliases.GetProperty("introspection_endpoint").GetString().ShouldBe("https://localhost:8445/connect/introspect");
        discovery.GetProperty("token_endpoint").GetString().ShouldBe("https://localhost:8444/connect/token");
        discovery.GetProperty("jwks_uri").GetString().ShouldBe("https://localhost:8444/.well-known/jwks");
        discovery.GetProperty("token_endpoint_auth_methods_supported").EnumerateArray().Select(method => method.GetString()).ShouldBe(["private_key_jwt", "tls_client_auth"], ignoreOrder: true);
        discovery.GetProperty("tls_client_certificate_bound_access_tokens").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("/sign-in?returnUrl=%2Fconnect%2Fauthorize%3Fx%3D1")]
    [InlineData("/sessions")]
    [InlineData("/connect/authorize?client_id=x")]
    [InlineData("/CONNECT/authorize?client_id=x")]
    [InlineData("/health")]
    public async Task People_find_nothing_at_the_listener_for_certificates(string path)
    {
        using var certificate = world.Authority.Issue(Subject);
        using var http = world.Server.NewClient(certificate);

        (await http.GetAsync(path)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    private X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ClientAuthority.ForClients)], false));
        return request.CreateSelfSigned(fixture.Clock.GetUtcNow().AddDays(-1), fixture.Clock.GetUtcNow().AddDays(1));
    }

    private HttpClient Anonymous()
    {
        var http = new HttpClient(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = fixture.Authority.Policy } }) { BaseAddress = world.Server.MtlsAddress };
        return http;
    }
}
