using CorpSecure.Identity.Tests.Fixture;
using CorpSecure.Protocol.Dpop;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Identity.Tests.Sessions;

/// <summary>The list of sessions with tokens that are bound to a DPoP key.</summary>
[Collection(IdentityCollection.Name)]
public sealed class SessionProofTests(IdentityFixture fixture)
{
    private const string Target = "https://localhost:8444/connect/sessions";

    [Fact]
    public async Task A_proof_opens_the_list_once_and_for_its_own_request_token_and_key_only()
    {
        await using var world = await SessionListWorld.StartAsync(fixture);
        using var certificate = world.NewCertificate();
        using var portal = await world.PortalAsync();
        var tokens = await world.SignInAsync(portal, await TestUser.CreateAsync(fixture), certificate);
        var key = SigningKey.Generate("own");
        var stranger = SigningKey.Generate("stranger");
        var token = world.Forge(tokens, claims => claims["cnf"] = new Dictionary<string, object?> { ["jkt"] = DpopProof.Thumbprint(key) });
        var other = world.Forge(tokens, claims => { claims["cnf"] = new Dictionary<string, object?> { ["jkt"] = DpopProof.Thumbprint(key) }; claims["jti"] = "other"; });
        var good = Proof(key, "GET", Target, token);

        (await AskAsync(world, token, null)).ShouldBe(401);
        (await AskAsync(world, token, Proof(key, "POST", Target, token))).ShouldBe(401);
        (await AskAsync(world, token, Proof(key, "GET", "https://localhost:8443/connect/sessions", token))).ShouldBe(401);
        (await AskAsync(world, token, Proof(key, "GET", Target, other))).ShouldBe(401);
        (await AskAsync(world, token, Proof(key, "GET", Target, null))).ShouldBe(401);
        (await AskAsync(world, token, Proof(stranger, "GET", Target, token))).ShouldBe(401);
        (await AskAsync(world, token, Proof(key, "GET", Target, token, TimeSpan.FromSeconds(-61)))).ShouldBe(401);
        (await AskAsync(world, token, good, scheme: "Bearer")).ShouldBe(401);
        (await AskAsync(world, token, good)).ShouldBe(200);
        (await AskAsync(world, token, good)).ShouldBe(401);
    }

    private static async Task<int> AskAsync(SessionListWorld world, string token, string? proof, string scheme = "DPoP") =>
        (await world.SendAsync(HttpMethod.Get, "/connect/sessions", token, null, scheme, proof)).Status;

    private string Proof(SigningKey key, string method, string target, string? token, TimeSpan? age = null) => DpopProof.Create(
        key,
        new DpopClaims(method, target, fixture.Clock.GetUtcNow() + (age ?? TimeSpan.Zero), Guid.NewGuid().ToString()) { TokenHash = token is null ? null : DpopProof.TokenHash(token) });
}
