using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using CorpSecure.Identity.Tests.Fixture;
using CorpSecure.Protocol.Dpop;

namespace CorpSecure.Identity.Tests.Sessions;

/// <summary>The list of sessions with tokens that are bound to a DPoP key.</summary>
[Collection(IdentityCollection.Name)]
public sealed class SessionProofTests(IdentityFixture fixture) : IAsyncLifetime
{
    private const string List = "/connect/sessions";
    private SessionListWorld world = null!;
    private X509Certificate2 certificate = null!;
    private Portal portal = null!;
    private Proof key = null!;
    private TokenAnswer signedIn = null!;
    private string token = null!;

    public async Task InitializeAsync()
    {
        world = await SessionListWorld.StartAsync(fixture);
        certificate = world.NewCertificate();
        portal = await world.PortalAsync();
        key = new Proof(fixture, world.Mtls.Server);
        signedIn = await world.SignInAsync(portal, await TestUser.CreateAsync(fixture), certificate);
        token = TokenFor(key);
    }

    public async Task DisposeAsync()
    {
        key.Dispose();
        portal.Dispose();
        certificate.Dispose();
        await world.DisposeAsync();
    }

    [Theory]
    [InlineData("no proof", "invalid_dpop_proof")]
    [InlineData("two proofs", "invalid_dpop_proof")]
    [InlineData("not a JWT", "invalid_dpop_proof")]
    [InlineData("wrong htm", "invalid_dpop_proof")]
    [InlineData("htu of the gateway", "invalid_dpop_proof")]
    [InlineData("htu of the other listener", "invalid_dpop_proof")]
    [InlineData("htu of another session", "invalid_dpop_proof")]
    [InlineData("ath of another token", "invalid_dpop_proof")]
    [InlineData("no ath", "invalid_dpop_proof")]
    [InlineData("stale", "invalid_dpop_proof")]
    [InlineData("future", "invalid_dpop_proof")]
    [InlineData("other key", "invalid_token")]
    [InlineData("as Bearer", "invalid_token")]
    public async Task A_proof_is_for_its_own_request_token_and_key_only(string fault, string error)
    {
        using var stranger = new Proof(fixture, world.Mtls.Server);
        var now = fixture.Clock.GetUtcNow().ToUnixTimeSeconds();
        string[] proofs = fault switch
        {
            "no proof" => [],
            "two proofs" => [Get(key), Get(key)],
            "not a JWT" => ["proof"],
            "wrong htm" => [Get(key, claims => claims["htm"] = "POST")],
            "htu of the gateway" => [Get(key, claims => claims["htu"] = $"https://localhost:8443{List}")],
            "htu of the other listener" => [Get(key, claims => claims["htu"] = $"https://localhost:8445{List}")],
            "htu of another session" => [Get(key, claims => claims["htu"] = $"https://localhost:8444{List}/x/end")],
            "ath of another token" => [Get(key, claims => claims["ath"] = DpopProof.TokenHash(signedIn.AccessToken))],
            "no ath" => [Get(key, claims => claims.Remove("ath"))],
            "stale" => [Get(key, claims => claims["iat"] = now - 62)],
            "future" => [Get(key, claims => claims["iat"] = now + 12)],
            "other key" => [Get(stranger)],
            "as Bearer" => [Get(key)],
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
        };

        var answer = await AskAsync(proofs, scheme: fault == "as Bearer" ? "Bearer" : "DPoP");

        answer.Status.ShouldBe(401);
        answer.Error.ShouldBe(error);
        answer.Challenge.ShouldContain($"DPoP realm=\"corpsecure\", error=\"{error}\"");
        answer.Challenge.Contains("Bearer", StringComparison.Ordinal).ShouldBe(error == "invalid_token");
        answer.Nonce.ShouldBeNull();
        (await AskAsync(Get(key))).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("old")]
    [InlineData("made up")]
    public async Task Without_a_nonce_of_ours_the_answer_gives_one_and_spends_nothing(string fault)
    {
        var nonce = key.Nonce;
        if (fault == "old")
            await PassAsync(TimeSpan.FromMinutes(5));
        var id = Guid.NewGuid().ToString();
        void Alter(Dictionary<string, object?> claims)
        {
            claims["jti"] = id;
            claims["nonce"] = fault switch { "empty" => "", "old" => nonce, _ => new string('A', nonce.Length) };
            if (fault == "missing")
                claims.Remove("nonce");
        }

        var refused = await AskAsync(Get(key, Alter));

        refused.Status.ShouldBe(401);
        refused.Error.ShouldBe("use_dpop_nonce");
        refused.Challenge.ShouldBe("DPoP realm=\"corpsecure\", error=\"use_dpop_nonce\"");
        refused.Nonce.ShouldNotBeNullOrEmpty();
        (await AskAsync(Get(key, claims => { claims["jti"] = id; claims["nonce"] = refused.Nonce; }))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_nonce_that_grows_old_still_serves_and_brings_its_successor()
    {
        var nonce = key.Nonce;
        await PassAsync(TimeSpan.FromMinutes(2));

        var answer = await AskAsync(Get(key, claims => claims["nonce"] = nonce));

        answer.Status.ShouldBe(200);
        answer.Nonce.ShouldNotBe(nonce);
        var next = await AskAsync(Get(key, claims => claims["nonce"] = answer.Nonce));
        next.Status.ShouldBe(200);
        next.Nonce.ShouldBeNull();
    }

    [Fact]
    public async Task A_proof_serves_once()
    {
        var proof = Get(key);
        (await AskAsync(proof)).Status.ShouldBe(200);

        var again = await AskAsync(proof);

        again.Status.ShouldBe(401);
        again.Error.ShouldBe("invalid_dpop_proof");
    }

    [Fact]
    public async Task A_proof_serves_once_though_many_come_together_with_it()
    {
        var proof = Get(key);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AskAsync(proof)));
        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Count(answer => answer.Error == "invalid_dpop_proof").ShouldBe(9);
    }

    [Fact]
    public async Task An_end_needs_a_proof_for_just_that_end()
    {
        var other = await world.SignInAsync(portal, await TestUser.CreateAsync(fixture), certificate);
        var sid = signedIn.Claim("sid");

        (await AskAsync([End(other.Claim("sid"))], HttpMethod.Post, $"{List}/{sid}/end")).Status.ShouldBe(401);
        (await AskAsync([End("all")], HttpMethod.Post, $"{List}/{sid}/end")).Status.ShouldBe(401);
        (await AskAsync([End(sid)], HttpMethod.Post, $"{List}/{sid}/end")).Status.ShouldBe(204);
        (await AskAsync(Get(key))).Error.ShouldBe("invalid_token"); // the session is over
    }

    private string End(string sid) => key.Make($"{List}/{sid}/end", claims => claims["ath"] = DpopProof.TokenHash(token));

    private string Get(Proof by, Action<Dictionary<string, object?>>? alter = null) => by.Make(List, claims =>
    {
        claims["htm"] = "GET";
        claims["ath"] = DpopProof.TokenHash(token);
        alter?.Invoke(claims);
    });

    // Session and token do not live so long: both are made anew.
    private async Task PassAsync(TimeSpan time)
    {
        fixture.Clock.Advance(time);
        signedIn = await world.SignInAsync(portal, await TestUser.CreateAsync(fixture), certificate);
        token = TokenFor(key);
    }

    private string TokenFor(Proof holder) =>
        world.Forge(signedIn, claims => claims["cnf"] = new Dictionary<string, object?> { ["jkt"] = holder.Thumbprint });

    private Task<Answer> AskAsync(string proof) => AskAsync([proof]);

    private async Task<Answer> AskAsync(string[] proofs, HttpMethod? method = null, string path = List, string scheme = "DPoP")
    {
        using var http = world.Mtls.Server.NewClient();
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue(scheme, token);
        foreach (var proof in proofs)
            request.Headers.TryAddWithoutValidation("DPoP", proof).ShouldBeTrue();
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        var error = body.Length > 0 && JsonSerializer.Deserialize<JsonElement>(body).TryGetProperty("error", out var value) ? value.GetString() : null;
        return new Answer(
            (int)response.StatusCode, error, response.Headers.WwwAuthenticate.ToString(), response.Headers.TryGetValues("DPoP-Nonce", out var nonces) ? nonces.Single() : null);
    }

    private sealed record Answer(int Status, string? Error, string Challenge, string? Nonce);
}
