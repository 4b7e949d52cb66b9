using System.Security.Cryptography;
using CorpSecure.Client.SignIn;
using CorpSecure.Client.Tests.Fakes;
using CorpSecure.Client.Tokens;
using CorpSecure.Client.Trust;
using CorpSecure.Protocol.Signatures;
using Microsoft.Extensions.Time.Testing;

namespace CorpSecure.Client.Tests.Tokens;

public sealed class CachedTokensTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly TestAuthority _authority = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly SoftwareSigningKey _dpopKey = SigningKey.Generate("dpop");
    private FakeIdentity _identity = null!;
    private HttpClient _http = null!;
    private OAuthClient _client = null!;

    public async Task InitializeAsync()
    {
        _identity = await FakeIdentity.StartAsync(_authority, _key);
        _identity.Proofs.Time = _time;
        _http = new HttpClient(GatewayTransport.Create(_authority.CaFile));
        _client = new OAuthClient("erp", SigningKey.FromPem("erp-1", _key.ExportPkcs8PrivateKeyPem()));
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
    public async Task A_client_asks_once_for_all_who_wait_and_again_shortly_before_the_end()
    {
        using var tokens = CachedTokens.ForClient(_http, _identity.Issuer, _client, "corporate", _time, _dpopKey);

        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => tokens.GetAsync(default).AsTask()));
        all.Select(t => t.Value).Distinct().ShouldHaveSingleItem();
        _identity.TokenRequests.Count.ShouldBe(1);

        _time.Advance(TimeSpan.FromSeconds(600) - CachedTokens.Margin - TimeSpan.FromSeconds(1));
        await tokens.GetAsync(default);
        _identity.TokenRequests.Count.ShouldBe(1);

        _time.Advance(TimeSpan.FromSeconds(1));
        (await tokens.GetAsync(default)).Value.ShouldNotBe(all[0].Value);
        _identity.TokenRequests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_users_expired_token_is_renewed_with_the_refresh_token_and_handed_out_to_be_stored()
    {
        SignInTokens? stored = null;
        var old = new SignInTokens(new AccessToken("old", _time.GetUtcNow()), _identity.RefreshTokenFor(_dpopKey), null);
        using var tokens = CachedTokens.ForUser(_http, _identity.Issuer, _client, old, _time, fresh => stored = fresh, _dpopKey);

        var token = await tokens.GetAsync(default);

        token.Value.ShouldNotBe("old");
        stored!.Access.ShouldBe(token);
        stored.RefreshToken.ShouldBe("refresh-0", "none new was given, so the old one stays good");
        _identity.TokenRequests.Single()["refresh_token"].ShouldBe("refresh-0");
    }

    [Fact]
    public async Task The_nonce_of_one_renewal_serves_the_next()
    {
        _identity.ExpiresIn = 1;
        using var tokens = CachedTokens.ForClient(_http, _identity.Issuer, _client, "corporate", _time, _dpopKey);

        await tokens.GetAsync(default);
        await tokens.GetAsync(default);
        _identity.Proofs.Nonce = "another";
        await tokens.GetAsync(default);

        _identity.TokenRequests.Count.ShouldBe(3);
        _identity.Proofs.SentBack.ShouldBe(2);
    }

    [Fact]
    public async Task A_refresh_token_found_by_somebody_else_is_of_no_use_without_the_key()
    {
        var found = new SignInTokens(new AccessToken("old", _time.GetUtcNow()), _identity.RefreshTokenFor(_dpopKey), null);
        using var otherKey = SigningKey.Generate("thief");
        using var tokens = CachedTokens.ForUser(_http, _identity.Issuer, _client, found, _time, dpopKey: otherKey);

        (await Should.ThrowAsync<SignInException>(async () => await tokens.GetAsync(default))).Error.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_client_with_a_certificate_goes_where_certificates_are_asked_for_and_needs_no_key()
    {
        using var http = new HttpClient(GatewayTransport.Create(_authority.CaFile, _authority.Client));
        using var tokens = CachedTokens.ForClient(http, _identity.Issuer, OAuthClient.ByCertificate("erp"), "corporate", _time);

        await tokens.GetAsync(default);

        var request = _identity.TokenRequests.ShouldHaveSingleItem();
        request["client_id"].ShouldBe("erp");
        request.ShouldNotContainKey("client_assertion");
    }

    [Fact]
    public async Task Without_the_certificate_that_door_is_closed()
    {
        using var tokens = CachedTokens.ForClient(_http, _identity.Issuer, OAuthClient.ByCertificate("erp"), "corporate", _time);

        await Should.ThrowAsync<HttpRequestException>(async () => await tokens.GetAsync(default));
        _identity.TokenRequests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_refresh_token_an_expired_user_must_sign_in_again()
    {
        var old = new SignInTokens(new AccessToken("old", _time.GetUtcNow()), null, null);
        using var tokens = CachedTokens.ForUser(_http, _identity.Issuer, _client, old, _time);

        (await Should.ThrowAsync<SignInException>(async () => await tokens.GetAsync(default))).Error.ShouldBe("not_signed_in");
    }

    [Fact]
    public async Task An_assertion_signed_by_another_key_is_refused()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = SigningKey.FromPem("erp-1", stranger.ExportPkcs8PrivateKeyPem());
        using var tokens = CachedTokens.ForClient(_http, _identity.Issuer, new OAuthClient("erp", key), "corporate", _time, _dpopKey);

        (await Should.ThrowAsync<SignInException>(async () => await tokens.GetAsync(default))).Error.ShouldBe("invalid_client");
    }

    [Fact]
    public void A_key_on_another_curve_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Should.Throw<CryptographicException>(() => SigningKey.FromPem("k", other.ExportPkcs8PrivateKeyPem()));
        Should.Throw<CryptographicException>(() => SigningKey.FromPem("k", "no key"));
    }
}
