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
    private FakeIdentity _identity = null!;
    private HttpClient _http = null!;
    private OAuthClient _client = null!;

    public async Task InitializeAsync()
    {
        _identity = await FakeIdentity.StartAsync(_authority, _key);
        _http = new HttpClient(GatewayTransport.Create(_authority.CaFile));
        _client = new OAuthClient("erp", SigningKey.FromPem("erp-1", _key.ExportPkcs8PrivateKeyPem()));
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _identity.DisposeAsync();
        _key.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task A_client_asks_once_for_all_who_wait_and_again_shortly_before_the_end()
    {
        using var tokens = CachedTokens.ForClient(_http, _identity.Issuer, _client, "corporate", _time);

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
        var old = new SignInTokens(new AccessToken("old", _time.GetUtcNow()), "refresh-0", null);
        using var tokens = CachedTokens.ForUser(_http, _identity.Issuer, _client, old, _time, fresh => stored = fresh);

        var token = await tokens.GetAsync(default);

        token.Value.ShouldNotBe("old");
        stored!.Access.ShouldBe(token);
        _identity.TokenRequests.Single()["refresh_token"].ShouldBe("refresh-0");
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
        using var tokens = CachedTokens.ForClient(_http, _identity.Issuer, new OAuthClient("erp", key), "corporate", _time);

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
