using System.Globalization;
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
        // Keys live outside the managed heap too. The whole process is only told: other threads of it come and go meanwhile.
        var processBefore = Resident();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Sessions; i++)
            await OpenAsync(i, cache, reader, issuers);
        var cost = GC.GetTotalMemory(forceFullCollection: true) - before;
        var processCost = Resident() - processBefore;
        GC.KeepAlive(cache);
        GC.KeepAlive(reader);
        output.WriteLine($"{Sessions} sessions: {Megabytes(cost)} MB on the managed heap, {cost / Sessions} bytes each");
        output.WriteLine($"the process grew by {Megabytes(processCost)} MB of working set, keys outside the managed heap and heap not yet given back included");
        cost.ShouldBeLessThan(Most);
    }

    private static long Resident()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet;
    }

    private static string Megabytes(long bytes) => (bytes / 1024.0 / 1024).ToString("F1", CultureInfo.InvariantCulture);

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
