using CorpSecure.Core.Policies;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Policies;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.RateLimits;

/// <summary>How limits are written, and what is said of those that make no sense.</summary>
public sealed class RateLimitPolicyTests : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"policy-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("""{ "name": "a", "per": "user", "kind": "fixed", "permits": 5, "window": "00:01:00" }""", RateScope.User, RateKind.Fixed, 5, 60)]
    [InlineData("""{ "name": "a", "per": "client+operation", "kind": "sliding", "permits": 7, "window": "00:00:10" }""", RateScope.Client | RateScope.Operation, RateKind.Sliding, 7, 10)]
    [InlineData("""{ "name": "a", "per": "route", "kind": "token-bucket", "burst": 20, "tokensPerPeriod": 5, "period": "00:00:02" }""", RateScope.Route, RateKind.TokenBucket, 20, 8)]
    [InlineData("""{ "name": "a", "per": "address", "kind": "concurrency", "permits": 3 }""", RateScope.Address, RateKind.Concurrency, 3, 0)]
    [InlineData("""{ "name": "a", "per": "operation", "kind": "concurrency", "permits": 3, "routes": ["payments.create"] }""", RateScope.Operation, RateKind.Concurrency, 3, 0)]
    public void Each_kind_is_read(string limit, RateScope per, RateKind kind, int permits, int seconds)
    {
        var read = Load(limit).ApiLimits[1];
        (read.Per, read.Kind, read.Permits, read.Window).ShouldBe((per, kind, permits, TimeSpan.FromSeconds(seconds)));
    }

    [Fact]
    public void A_route_says_what_it_does()
    {
        var policy = Load();
        policy.Api.ByName["payments.create"].Operation.ShouldBe("payment");
        policy.Api.ByName["accounts.show"].Operation.ShouldBe("read");
    }

    [Theory]
    [InlineData("""{ "name": "", "per": "user", "kind": "concurrency", "permits": 3 }""", "RateLimits[1].Name: '' is not a name")]
    [InlineData("""{ "name": "a\"b", "per": "user", "kind": "concurrency", "permits": 3 }""", "RateLimits[1].Name")]
    [InlineData("""{ "name": "address", "per": "user", "kind": "concurrency", "permits": 3 }""", "the name 'address' stands twice")]
    [InlineData("""{ "name": "a", "per": "", "kind": "concurrency", "permits": 3 }""", "RateLimits[1].Per: '' is not one of")]
    [InlineData("""{ "name": "a", "per": "person", "kind": "concurrency", "permits": 3 }""", "'person' is not one of")]
    [InlineData("""{ "name": "a", "per": "user+user", "kind": "concurrency", "permits": 3 }""", "'user+user' is not one of")]
    [InlineData("""{ "name": "a", "per": "user", "kind": "leaky", "permits": 3 }""", "RateLimits[1].Kind: 'leaky' is not one of")]
    [InlineData("""{ "name": "a", "per": "user", "kind": "fixed", "window": "00:00:10" }""", "permits is missing")]
    [InlineData("""{ "name": "a", "per": "user", "kind": "fixed", "permits": 3 }""", "window is missing")]
    [InlineData("""{ "name": "a", "per": "user", "kind": "sliding", "permits": 0, "window": "00:00:10" }""", "RateLimits[1].Permits")]
    [InlineData("""{ "name": "a", "per": "user", "kind": "sliding", "permits": 3, "window": "00:00:00.5" }""", "RateLimits[1].Window")]
    [InlineData("""{ "name": "a", "per": "user", "kind": "concurrency", "permits": 3, "window": "00:00:10" }""", "a limit of kind concurrency has no window")]
    [InlineData("""{ "name": "a", "per": "user", "kind": "token-bucket", "permits": 3, "burst": 3, "tokensPerPeriod": 1, "period": "00:00:01" }""", "a limit of kind token-bucket has no permits")]
    [InlineData("""{ "name": "a", "per": "user", "kind": "token-bucket", "burst": 3, "period": "00:00:01" }""", "tokensPerPeriod is missing")]
    [InlineData("""{ "name": "a", "per": "user", "kind": "concurrency", "permits": 3, "routes": ["cards"] }""", "RateLimits[1].Routes[0]: 'cards' is not a route of this listener")]
    [InlineData("""{ "name": "a", "per": "user", "kind": "concurrency", "permits": 3, "routes": ["decisions.list"] }""", "'decisions.list' is not a route of this listener")]
    [InlineData("""{ "name": "a", "per": "user", "kind": "concurrency", "permits": 3, "burst": 1, "colour": "red" }""", "colour")]
    [InlineData("null", "RateLimits[1]")]
    public void What_makes_no_sense_is_told_with_its_line(string limit, string told)
    {
        var message = Should.Throw<StartRefusedException>(() => Load(limit)).Message;
        message.ShouldContain(told, Case.Insensitive);
        message.ShouldContain($"line {Array.FindIndex(Text(limit).Split('\n'), line => line.Contains(limit, StringComparison.Ordinal)) + 1}, column");
    }

    [Theory]
    [InlineData("""{ "name": "a", "per": "user", "kind": "fixed", "permits": 5, "window": "00:01:00" }""")]
    [InlineData("""{ "name": "a", "per": "address", "kind": "concurrency", "permits": 5 }""")]
    [InlineData("""{ "name": "a", "per": "address+user", "kind": "fixed", "permits": 5, "window": "00:01:00" }""")]
    [InlineData("""{ "name": "a", "per": "address", "kind": "fixed", "permits": 5, "window": "00:01:00", "routes": ["payees.list"] }""")]
    public void Without_a_limit_of_addresses_nothing_starts(string only)
    {
        File.WriteAllText(file, PolicyText.WithLimits(only));
        Should.Throw<StartRefusedException>(() => PolicyLoader.Load(file)).Message.ShouldContain("a limit per address, over time and for all routes, is needed");
    }

    private Policy Load(params string[] limits)
    {
        File.WriteAllText(file, Text(limits));
        return PolicyLoader.Load(file).Policy;
    }

    private static string Text(params string[] limits) => PolicyText.WithLimits([PolicyText.Address(300), .. limits]);
}
