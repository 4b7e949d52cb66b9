using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.RateLimits;

/// <summary>Three gateway processes and a real server between them, which goes away and comes back.</summary>
[Collection(GatewayCollection.Name)]
public sealed class ThreeReplicasTests(Surroundings surroundings)
{
    private const string Payees = "/corporate/v1/payees";
    private const int Permits = 9;

    [Fact]
    public async Task A_limit_holds_over_three_processes_each_gives_its_share_without_the_server_and_shares_again_with_it()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var core = await ScriptedCore.StartAsync(surroundings.ServerCertificate); // asks no assertion's time: processes have a clock of their own
        await using var world = await GatewayWorld.StartAsync(surroundings, settings => settings["Core:Destinations:0"] = core.Address, PolicyText.WithLimits(
            PolicyText.Address(100_000), $$"""{ "name": "user", "per": "user", "kind": "fixed", "permits": {{Permits}}, "window": "01:00:00" }"""));
        string[] sharing = [$"--RateLimits:Shared:Endpoints:0={redis.Endpoint}", "--RateLimits:Shared:Tls=false", "--RateLimits:Shared:Share=0.34", "--RateLimits:Shared:Timeout=00:00:01"];
        await using var one = await GatewayProcess.StartAsync(world, "gateway-1", sharing);
        await using var two = await GatewayProcess.StartAsync(world, "gateway-2", sharing);
        await using var three = await GatewayProcess.StartAsync(world, "gateway-3", sharing);
        GatewayProcess[] replicas = [one, two, three];

        (await ServedAsync(world, replicas, "anna")).ShouldBe(Permits, "shared by all three");

        await redis.StopAsync();
        (await ServedAsync(world, replicas, "carla")).ShouldBe(Permits, "three of nine at each");
        (await ServedAsync(world, replicas, "anna")).ShouldBe(0, "the going of the server gives nothing anew to who has had their share");

        await redis.ResumeAsync();
        foreach (var replica in replicas)
        {
            for (var tries = 0; (await AskAsync(world, replica, "carla")).Status != 200; tries++)
                tries.ShouldBeLessThan(50_000, "the limits are not shared again");
        }

        (await ServedAsync(world, replicas, "li")).ShouldBe(Permits, "shared by all three again");
    }

    /// <summary>How many of many requests, sent round all replicas, are served.</summary>
    private static async Task<int> ServedAsync(GatewayWorld world, GatewayProcess[] replicas, string name)
    {
        var served = 0;
        for (var i = 0; i < 4 * Permits; i++)
        {
            var answer = await AskAsync(world, replicas[i % replicas.Length], name);
            if (answer.Status == 200)
                served++;
            else
                (answer.Status, answer.Code, answer.Message.Headers.RetryAfter?.Delta > TimeSpan.FromMinutes(50)).ShouldBe((429, "limit.user", true));
        }

        return served;
    }

    private static Task<Answer> AskAsync(GatewayWorld world, GatewayProcess replica, string name) => replica.SendAsync(world, ARequest.Get(world, Payees).By(name));
}
