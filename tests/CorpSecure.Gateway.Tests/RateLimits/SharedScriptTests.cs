using System.Security.Cryptography;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;
using CorpSecure.Gateway.RateLimits;
using CorpSecure.Gateway.RateLimits.Shared;
using CorpSecure.Gateway.Tests.World;
using CorpSecure.Ledger.Sealing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CorpSecure.Gateway.Tests.RateLimits;

/// <summary>The script against a real server: three replicas share, all or nothing is taken, and nobody's name is in a key.</summary>
public sealed class SharedScriptTests : IAsyncLifetime
{
    private static readonly RateSubject Anna = new(AddressKey.Of(System.Net.IPAddress.Parse("192.0.2.7")), "acme", "u-anna", "payment", "payments.create");

    private readonly List<SharedLimits> replicas = [];
    private RedisServer server = null!;

    public async Task InitializeAsync()
    {
        server = await RedisServer.StartAsync();
        var index = new BlindIndex(new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Length)));
        for (var i = 0; i < 3; i++)
        {
            var section = new SharedLimitsSection { Endpoints = [server.Endpoint], Tls = false, Timeout = TimeSpan.FromSeconds(20) };
            var replica = new SharedLimits(
                section, new SharedState(TimeProvider.System, NullLogger<SharedState>.Instance), index, TimeProvider.System);
            await replica.StartAsync(CancellationToken.None);
            replicas.Add(replica);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var replica in replicas)
        {
            await replica.StopAsync(CancellationToken.None);
            replica.Dispose();
        }

        await server.DisposeAsync();
    }

    [Theory]
    [InlineData(RateKind.Fixed)]
    [InlineData(RateKind.Sliding)]
    [InlineData(RateKind.TokenBucket)]
    [InlineData(RateKind.Concurrency)]
    public async Task A_limit_of_thirty_is_thirty_over_three_replicas(RateKind kind)
    {
        var chain = Chain(Limit("a", kind, 30));
        var answers = await Task.WhenAll(Enumerable.Range(0, 90).Select(i => TakeAsync(i % 3, chain)));
        answers.Count(answer => answer.Refused == RateGrant.None).ShouldBe(30);
        answers.Where(answer => answer.Refused != RateGrant.None).ShouldAllBe(answer => answer.RetryAfter > TimeSpan.Zero && answer.RetryAfter < TimeSpan.FromHours(2));
        answers.Where(answer => answer.Refused == RateGrant.None).Select(answer => answer.Readings[0].Remaining).Order().ShouldBe(Enumerable.Range(0, 30));
    }

    [Fact]
    public async Task Where_one_limit_has_no_room_nothing_is_taken_from_the_others()
    {
        var narrow = Limit("narrow", RateKind.Sliding, 5);
        var wide = Limit("wide", RateKind.Fixed, 100) with { Per = RateScope.Client };
        for (var i = 0; i < 20; i++)
            await TakeAsync(i % 3, Chain(narrow, wide));
        var full = Limit("full", RateKind.TokenBucket, 1) with { Per = RateScope.Route };
        await TakeAsync(0, Chain(full));
        var refused = await TakeAsync(0, Chain(Limit("other", RateKind.Concurrency, 9), full));

        refused.Refused.ShouldBe(1);
        (await TakeAsync(1, Chain(wide))).Readings[0].Remaining.ShouldBe(94);
        (await TakeAsync(1, Chain(Limit("other", RateKind.Concurrency, 9)))).Readings[0].Remaining.ShouldBe(8);
    }

    [Fact]
    public async Task Time_gives_back_by_the_clock_of_the_server()
    {
        var kinds = new[] { RateKind.Fixed, RateKind.Sliding, RateKind.TokenBucket };
        var chains = kinds.Select(kind => Chain(Limit($"short-{kind}", kind, 1) with { Window = TimeSpan.FromMilliseconds(100) })).ToArray();
        foreach (var chain in chains)
        {
            (await TakeAsync(0, chain)).Refused.ShouldBe(RateGrant.None);
            for (var tries = 0; (await TakeAsync(1, chain)).Refused != RateGrant.None; tries++)
                tries.ShouldBeLessThan(50_000, "it never came back");
        }
    }

    [Fact]
    public async Task What_was_taken_at_once_comes_back_when_it_is_released_and_only_its_own()
    {
        var chain = Chain(Limit("at-once", RateKind.Concurrency, 2));
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        var answer = await TakeAsync(0, chain, first);
        await TakeAsync(1, chain, second);
        (await TakeAsync(2, chain)).Refused.ShouldBe(0);

        replicas[0].Release(chain, answer.Keys, first);
        replicas[0].Release(chain, answer.Keys, first);

        (await TakeAsync(0, chain)).Refused.ShouldBe(RateGrant.None, "commands of one connection are carried out in order");
        (await TakeAsync(0, chain)).Refused.ShouldBe(0);
    }

    [Fact]
    public async Task No_key_names_anybody_all_end_by_themselves_and_all_are_in_one_slot()
    {
        foreach (var kind in Enum.GetValues<RateKind>())
            await TakeAsync(0, Chain(Limit($"kept-{kind}", kind, 10) with { Per = RateScope.User | RateScope.Client | RateScope.Address }));

        var keys = (await server.AskAsync("KEYS *")).Split("\r\n").Where(line => line.Contains("kept-", StringComparison.Ordinal)).ToArray();
        keys.Length.ShouldBe(4);
        foreach (var key in keys)
        {
            key.ShouldStartWith("{corpsecure}:");
            foreach (var hidden in new[] { "anna", "acme", "192.0.2" })
                key.ShouldNotContain(hidden);
            long.Parse((await server.AskAsync($"PTTL {key}")).Split("\r\n")[0][1..], System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 2 * 3_600_000);
        }
    }

    private async Task<SharedAnswer> TakeAsync(int replica, RateLimitChain chain, Guid? request = null)
    {
        var answer = await replicas[replica].TakeAsync(Listener.Api, chain, Anna, request ?? Guid.NewGuid());
        return answer.ShouldNotBeNull();
    }

    private static RateLimitPolicy Limit(string name, RateKind kind, int permits) =>
        new() { Name = name, Per = RateScope.User, Kind = kind, Permits = permits, Window = TimeSpan.FromHours(1) };

    private static RateLimitChain Chain(params RateLimitPolicy[] limits) => new(limits.Select(limit => new RateLimit(limit, 1, TimeProvider.System)));
}
