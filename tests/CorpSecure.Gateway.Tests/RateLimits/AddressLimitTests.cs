using System.Net;
using CorpSecure.Gateway.RateLimits;
using CorpSecure.Gateway.Tests.World;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Gateway.Tests.RateLimits;

[Collection(GatewayCollection.Name)]
public sealed class AddressLimitTests(Surroundings surroundings)
{
    private const string Accounts = "/corporate/v1/accounts";

    [Fact]
    public async Task A_burst_over_the_limit_is_refused_and_counted_in_one_entry_whoever_the_sender_claims_to_be()
    {
        await using var world = await GatewayWorld.StartAsync(surroundings, policy: PolicyText.Limited(3));
        for (var i = 0; i < 3; i++)
            (await world.SendAsync(ARequest.Get(world, Accounts).By("anna"))).Status.ShouldBe(200);

        var refused = new List<Answer>();
        for (var i = 0; i < 5; i++)
            refused.Add(await world.SendAsync(ARequest.Get(world, Accounts).By("anna").With("X-Forwarded-For", $"203.0.113.{i}").With("Forwarded", $"for=203.0.113.{i}")));

        var id = refused.Select(answer => answer.DecisionId).Distinct().ShouldHaveSingleItem();
        var entry = (await world.EntriesAsync(id)).ShouldHaveSingleItem();
        (entry.Kind, entry.Text("count"), entry.Text("status")).ShouldBe(((short)3, "5", "429"));
        entry.Reasons.ShouldBe(["limit.address"]);
        refused[0].Status.ShouldBe(429);
        refused[0].Code.ShouldBe("limit.address");
        refused[0].Message.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromHours(1));
        refused[0].Body!.Value.GetProperty("type").GetString().ShouldBe(ProblemTypes.QuotaExceeded);
        world.LastCoreCall().ShouldBe(3);
    }

    [Fact]
    public async Task Behind_trusted_proxies_the_nearest_stranger_counts_and_a_whole_64_of_ipv6_is_one()
    {
        await using var world = await GatewayWorld.StartAsync(
            surroundings, settings => (settings["TrustedProxies:Networks:0"], settings["TrustedProxies:Networks:1"]) = ("127.0.0.0/8", "10.0.0.0/8"), PolicyText.Limited(1));

        (await StatusAsync("203.0.113.1")).ShouldBe(200);
        (await StatusAsync("198.51.100.7, 203.0.113.1")).ShouldBe(429, "what lies left of the nearest stranger anyone may have written");
        (await StatusAsync("203.0.113.1, 10.1.2.3, 127.0.0.9")).ShouldBe(429, "proxies are stepped over");
        (await StatusAsync("203.0.113.1, 203.0.113.2")).ShouldBe(200);
        (await StatusAsync("::ffff:203.0.113.2")).ShouldBe(429);
        (await StatusAsync("2001:db8:1:2::1")).ShouldBe(200);
        (await StatusAsync("2001:db8:1:2:ffff::1")).ShouldBe(429);
        (await StatusAsync("2001:db8:1:3::1")).ShouldBe(200);
        (await StatusAsync("unknown")).ShouldBe(200, "the proxy itself then");
        (await StatusAsync("203.0.113.9, nonsense")).ShouldBe(429);

        async Task<int> StatusAsync(string forwarded) => (await world.SendAsync(ARequest.Get(world, Accounts).By("anna").With("X-Forwarded-For", forwarded))).Status;
    }

    [Fact]
    public async Task More_than_a_thousand_kinds_of_refusal_in_a_second_share_one_more_entry()
    {
        await using var world = await GatewayWorld.StartAsync(surroundings, settings => settings["TrustedProxies:Networks:0"] = "127.0.0.0/8");
        await Parallel.ForAsync(0, 1010, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
            (await world.SendAsync(ARequest.Get(world, Accounts).With("X-Forwarded-For", $"203.0.{i / 200}.{i % 200}"))).Status.ShouldBe(401));
        await world.EntriesAsync(Guid.Empty);

        (await world.QueryAsync<long>("select count(*) from ledger.entries where kind = 3")).ShouldBe(1001);
        (await world.QueryAsync<string>("select payload ->> 'count' from ledger.entries where payload -> 'reasons' ->> 0 = 'refusals.overflow'")).ShouldBe("10");
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    public void An_address_key_tells_what_it_covers(string address, string key) => AddressKey.Of(IPAddress.Parse(address)).ToString().ShouldBe(key);
}
