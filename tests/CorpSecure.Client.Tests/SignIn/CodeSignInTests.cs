using System.Security.Cryptography;
using CorpSecure.Client.SignIn;
using CorpSecure.Client.Tests.Fakes;
using CorpSecure.Client.Trust;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Client.Tests.SignIn;

public sealed class CodeSignInTests : IAsyncLifetime
{
    private readonly TestAuthority _authority = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly SoftwareSigningKey _dpopKey = SigningKey.Generate("dpop");
    private FakeIdentity _identity = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _identity = await FakeIdentity.StartAsync(_authority, _key);
        _http = new HttpClient(GatewayTransport.Create(_authority.CaFile));
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _identity.DisposeAsync();
        _key.Dispose();
        _dpopKey.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task A_user_signs_in_over_the_loopback_redirect()
    {
        var tokens = await SignInAsync();

        tokens.Access.Value.ShouldNotBeEmpty();
        tokens.RefreshToken.ShouldBe("refresh-1");
        var request = _identity.TokenRequests.ShouldHaveSingleItem();
        request["client_id"].ShouldBe("corpsec");
        request["client_assertion_type"].ShouldBe("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        request["redirect_uri"].ShouldStartWith("http://127.0.0.1:");
    }

    [Fact]
    public async Task The_request_is_handed_in_beforehand_and_the_browser_carries_its_handle_only()
    {
        Uri? opened = null;
        await SignInAsync(acr: "urn:corpsecure:acr:mfa", maximumAge: TimeSpan.FromMinutes(5), opened: address => opened = address);

        var pushed = _identity.Pushed.Received.ShouldHaveSingleItem();
        pushed["acr_values"].ShouldBe("urn:corpsecure:acr:mfa");
        pushed["max_age"].ShouldBe("300");
        pushed["code_challenge_method"].ShouldBe("S256");
        pushed["client_assertion"].ShouldNotBeEmpty();
        opened!.Query.Split('&').Select(part => part.TrimStart('?').Split('=')[0]).ShouldBe(["client_id", "request_uri"]);
        _identity.Proofs.SentBack.ShouldBe(1, "the nonce of the first answer serves the token request too");
    }

    [Fact]
    public async Task Without_an_endpoint_for_that_the_browser_carries_the_request()
    {
        var metadata = (await ProviderMetadata.DiscoverAsync(_http, _identity.Issuer)) with { PushedAuthorizationRequestEndpoint = null };

        new AuthorizationRequest(metadata, "corpsec", new Uri("http://127.0.0.1/callback"), "corporate", maximumAge: TimeSpan.Zero)
            .Address.Query.ShouldContain("max_age=0");
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("")]
    public async Task A_token_that_is_not_bound_to_the_key_is_not_taken(string type)
    {
        _identity.TokenType = type;

        (await Should.ThrowAsync<SignInException>(() => SignInAsync())).Error.ShouldBe("invalid_response");
    }

    [Fact]
    public async Task A_server_that_refuses_its_own_nonce_is_asked_twice_and_no_more()
    {
        using var key = SigningKey.FromPem("client-1", _key.ExportPkcs8PrivateKeyPem());
        using var http = new HttpClient(new NonceOf("forgotten-at-once") { InnerHandler = GatewayTransport.Create(_authority.CaFile) });
        var metadata = await ProviderMetadata.DiscoverAsync(http, _identity.Issuer);

        var refusal = await Should.ThrowAsync<SignInException>(() =>
            new TokenEndpoint(http, metadata, new OAuthClient("erp", key), TimeProvider.System, _dpopKey).ClientCredentialsAsync("corporate"));

        refusal.Error.ShouldBe("use_dpop_nonce");
        _identity.Proofs.SentBack.ShouldBe(2);
        _identity.TokenRequests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refresh_token_is_revoked_with_the_clients_credentials()
    {
        using var key = SigningKey.FromPem("client-1", _key.ExportPkcs8PrivateKeyPem());
        var metadata = await ProviderMetadata.DiscoverAsync(_http, _identity.Issuer);
        var client = new OAuthClient("corpsec", key);

        (await new TokenEndpoint(_http, metadata, client, TimeProvider.System, _dpopKey).RevokeAsync("refresh-7")).ShouldBeTrue();
        (await new TokenEndpoint(_http, metadata with { RevocationEndpoint = null }, client, TimeProvider.System, _dpopKey).RevokeAsync("refresh-7")).ShouldBeFalse();

        _identity.Revoked.ShouldBe(["refresh-7"]);
    }

    [Fact]
    public async Task The_result_page_of_the_redirect_is_plain_and_not_kept()
    {
        HttpResponseMessage? page = null;
        await SignInAsync(response => page = response);

        page!.Headers.CacheControl!.NoStore.ShouldBeTrue();
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        (await page.Content.ReadAsStringAsync()).ShouldContain("You can close this window");
    }

    [Fact]
    public async Task A_response_of_another_issuer_is_refused_before_its_code_is_spent()
    {
        _identity.IssuerInResponse = "https://evil.example/";

        (await Should.ThrowAsync<SignInException>(() => SignInAsync())).Error.ShouldBe("issuer_mismatch");
        _identity.TokenRequests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Metadata_of_another_issuer_is_refused()
    {
        _identity.IssuerInMetadata = "https://evil.example/";

        (await Should.ThrowAsync<SignInException>(() => SignInAsync())).Error.ShouldBe("issuer_mismatch");
    }

    [Fact]
    public async Task An_issuer_without_tls_is_refused()
    {
        var refusal = await Should.ThrowAsync<SignInException>(() => ProviderMetadata.DiscoverAsync(_http, "http://localhost/"));

        refusal.Error.ShouldBe("invalid_metadata");
    }

    [Fact]
    public async Task The_refusal_of_the_token_endpoint_keeps_its_code()
    {
        _identity.TokenError = "invalid_grant";

        var refusal = await Should.ThrowAsync<SignInException>(() => SignInAsync());

        refusal.Error.ShouldBe("invalid_grant");
        refusal.Message.ShouldContain("said the fake");
    }

    [Fact]
    public async Task A_server_of_an_unknown_authority_is_not_talked_to()
    {
        using var another = new TestAuthority();
        using var http = new HttpClient(GatewayTransport.Create(another.CaFile));

        await Should.ThrowAsync<HttpRequestException>(() => ProviderMetadata.DiscoverAsync(http, _identity.Issuer));
    }

    [Fact]
    public async Task Tokens_never_show_in_text()
    {
        var tokens = await SignInAsync();

        tokens.ToString().ShouldNotContain(tokens.Access.Value);
        tokens.ToString().ShouldNotContain(tokens.RefreshToken!);
        tokens.Access.ToString().ShouldNotContain(tokens.Access.Value);
    }

    private async Task<SignInTokens> SignInAsync(Action<HttpResponseMessage>? page = null, string? acr = null, TimeSpan? maximumAge = null, Action<Uri>? opened = null)
    {
        using var key = SigningKey.FromPem("client-1", _key.ExportPkcs8PrivateKeyPem());
        var plan = new SignInPlan(_identity.Issuer, new OAuthClient("corpsec", key), "corporate", acr) { DpopKey = _dpopKey, MaximumAge = maximumAge };
        using var browser = new FakeBrowser(_authority);
        Task? browsing = null;
        var tokens = await new CodeSignIn(_http, TimeProvider.System).RunAsync(
            plan, CodeSignIn.Browser(address =>
            {
                opened?.Invoke(address);
                browsing = browser.SignInAsync(address, _identity, page);
            }));
        await browsing!;
        return tokens;
    }

    /// <summary>Somebody on the way who gives another nonce than the server's.</summary>
    private sealed class NonceOf(string nonce) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            response.Headers.Remove("DPoP-Nonce");
            response.Headers.Add("DPoP-Nonce", nonce);
            return response;
        }
    }
}
