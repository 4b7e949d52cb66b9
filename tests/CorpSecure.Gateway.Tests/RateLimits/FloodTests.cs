using CorpSecure.Gateway.RateLimits;
using CorpSecure.Gateway.Tests.World;
using Xunit.Abstractions;

namespace CorpSecure.Gateway.Tests.RateLimits;

/// <summary>Strangers from ten thousand addresses, as a proxy passes them on: neither memory nor the ledger grows with them, and a user is served all the while.</summary>
[Collection(GatewayCollection.Name)]
public sealed class FloodTests(Surroundings surroundings, ITestOutputHelper output)
{
    private const int Addresses = 10_000;
    private const int Round = 500;
    private const long MostMemory = 64 * 1024 * 1024;

    /// <summary>Once through all addresses while the clock stands still, or as many seconds as this says.</summary>
    private const string Longer = "CORPSECURE_FLOOD_SECONDS";

    [Fact]
    public async Task A_flood_from_ten_thousand_addresses_leaves_memory_and_rows_bounded_and_a_user_served()
    {
        await using var world = await GatewayWorld.StartAsync(surroundings, settings => settings["TrustedProxies:Networks:0"] = "127.0.0.0/8");
        var duration = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable(Longer) ?? "0", System.Globalization.CultureInfo.InvariantCulture));
        var limits = world.Service<RequestLimits>();
        var statuses = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();
        (await ReadAsync(world)).Status.ShouldBe(200);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = TimeProvider.System.GetTimestamp();
        var (sent, reads, seconds) = (0, 0, 0);

        while (sent < Addresses || TimeProvider.System.GetElapsedTime(start) < duration)
        {
            var first = sent;
            await Parallel.ForAsync(first, first + Round, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
                statuses.AddOrUpdate(await StatusAsync(world, i), 1, (_, count) => count + 1));
            sent += Round;
            (await ReadAsync(world)).Status.ShouldBe(200);
            reads++;
            if (duration == TimeSpan.Zero || TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(seconds + 1))
                continue;
            seconds++;
            await world.PassAsync(TimeSpan.FromSeconds(1));
        }

        limits.Counted.ShouldBeLessThanOrEqualTo(Addresses + 10);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(MostMemory);
        await world.EntriesAsync(Guid.Empty); // writes what has been counted
        var rows = await world.QueryAsync<long>("select count(*) from ledger.entries where kind = 3");
        output.WriteLine($"{sent} requests in {TimeProvider.System.GetElapsedTime(start).TotalSeconds:0} s, {rows} rows, {reads} reads served; {string.Join(", ", statuses)}");
        rows.ShouldBeLessThanOrEqualTo(1001 * (seconds + 1));
        statuses.Keys.Order().ShouldBe([401, 429]);
        (await world.QueryAsync<long>("select sum((payload ->> 'count')::bigint)::bigint from ledger.entries where kind = 3")).ShouldBe(sent);

        await world.PassAsync(TimeSpan.FromMinutes(1));
        limits.Sweep();
        limits.Counted.ShouldBe(0, "who asks no more is forgotten");
    }

    [Fact]
    public async Task Without_a_trusted_proxy_ten_thousand_written_addresses_are_one()
    {
        await using var world = await GatewayWorld.StartAsync(surroundings, policy: PolicyText.Limited(50));
        var statuses = new List<int>();
        for (var i = 0; i < 100; i++)
            statuses.Add(await StatusAsync(world, i));
        statuses.Count(status => status == 429).ShouldBe(50);
        world.Service<RequestLimits>().Counted.ShouldBe(1);
    }

    /// <summary>Every tenth request comes from one and the same address.</summary>
    private static async Task<int> StatusAsync(GatewayWorld world, int i)
    {
        var address = i % 10 == 0 ? "100.64.255.1" : $"100.64.{i % Addresses / 200}.{i % 200}";
        return (await world.SendAsync(ARequest.Get(world, "/corporate/v1/accounts").With("X-Forwarded-For", address))).Status;
    }

    private static Task<Answer> ReadAsync(GatewayWorld world) =>
        world.SendAsync(ARequest.Get(world, "/corporate/v1/accounts").By("anna").With("X-Forwarded-For", "192.0.2.1"));
}
