using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Tests.World;
using CorpSecure.Gateway.Tokens;
using CorpSecure.Protocol.Dpop;
using CorpSecure.Protocol.Signatures;
using Xunit.Abstractions;

namespace CorpSecure.Gateway.Tests.Tokens;

/// <summary>What live sessions cost in memory: the verified token and the opened key of each.</summary>
[Collection(GatewayCollection.Name)]
public sealed class SessionMemoryTests(Surroundings surroundings, ITestOutputHelper output) : CommonWorldTests(surroundings)
{
    private const int Sessions = 10_000;
    private const long Most = 100 * 1024 * 1024;

    [Fact]
    public async Task Ten_thousand_sessions_cost_at_most_100_megabytes()
    {
        var cache = new TokenCache();
        var reader = new DpopReader(Sessions);
        var issuers = World.Service<TokenIssuers>();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Sessions; i++)
            await OpenAsync(i, cache, reader, issuers);
        var cost = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(cache);
        GC.KeepAlive(reader);
        output.WriteLine($"{Sessions} sessions: {cost / 1024.0 / 1024:F1} MB on the managed heap, {cost / Sessions} bytes each");
        cost.ShouldBeLessThan(Most);
    }

    private async Task OpenAsync(int number, TokenCache cache, DpopReader reader, TokenIssuers issuers)
    {
        using var key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var claims = People.Claims(World, "anna");
        claims["sub"] = $"u-{number:D8}-0000-4000-8000-000000000000";
        claims["sid"] = Guid.NewGuid().ToString();
        claims["cnf"] = new Dictionary<string, object> { ["jkt"] = DpopProof.Thumbprint(key) };
        var token = World.Corporate.Token(claims);
        var verified = await issuers.VerifyAsync(Listener.Api, token);
        verified.Facts.Fault.ShouldBeNull();
        cache.Add(TokenHash.Of(Listener.Api, token), verified);
        reader.Read(DpopProof.Create(key, new DpopClaims("GET", World.Api + "/", World.Clock.GetUtcNow(), "x"))).Fault.ShouldBe(DpopFault.None);
    }
}
