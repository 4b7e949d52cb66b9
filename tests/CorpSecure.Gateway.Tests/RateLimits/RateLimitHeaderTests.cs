using CorpSecure.Gateway.Tests.World;
using CorpSecure.Protocol.Problems;
using Microsoft.AspNetCore.Http;

namespace CorpSecure.Gateway.Tests.RateLimits;

/// <summary>Every answer of either door tells the limits that applied so far, and strangers only that of their address.</summary>
[Collection(GatewayCollection.Name)]
public sealed class RateLimitHeaderTests(Surroundings surroundings, RateLimitWorld limited) : IClassFixture<RateLimitWorld>
{
    private readonly GatewayWorld world = limited.World;

    [Theory]
    [InlineData("/corporate/v1/accounts", null, 401)]
    [InlineData("/corporate/v1/unheard-of", null, 404)]
    [InlineData("/corporate/v1//accounts", null, 400)]
    [InlineData("/corporate/v1/accounts", "nonsense", 401)]
    public async Task A_stranger_is_told_of_the_address_only(string target, string? token, int status)
    {
        var request = ARequest.Get(world, target);
        var answer = await world.SendAsync(token is null ? request : request.WithToken(token));
        answer.Status.ShouldBe(status);
        answer.ShouldTell("address");
    }

    [Theory]
    [InlineData("/corporate/v1/accounts", "anna", 200)]
    [InlineData("/corporate/v1/accounts/acc-huaxin-001", "anna", 404)]
    [InlineData("/corporate/v1/accounts", "gone", 403)]
    public async Task Someone_known_is_told_of_what_is_their_own(string target, string name, int status)
    {
        var answer = await world.SendAsync(ARequest.Get(world, target).By(name));
        answer.Status.ShouldBe(status);
        answer.ShouldTell("address", "user", "client", "client-at-once");
    }

    [Fact]
    public async Task A_signed_payment_is_told_too()
    {
        var answer = await world.SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"));
        answer.Status.ShouldBe(201);
        answer.ShouldTell("address", "user", "user-payments", "client", "client-at-once");
        answer.Quota()["client-at-once"].ShouldBe(100);
        answer.Remaining()["client-at-once"].ShouldBe(99);
        answer.Message.Headers.GetValues(HeaderNames.RateLimitPolicy).Single().ShouldStartWith("\"address\";q=300;w=10, \"user\";q=300;w=10, \"user-payments\";q=200;w=10");
    }

    [Theory]
    [InlineData("/ops/v1/decisions", "rita", 200)]
    [InlineData("/ops/v1/decisions?limit=0", "rita", 400)]
    [InlineData("/ops/v1/decisions/not-an-id", "rita", 404)]
    [InlineData("/ops/v1/decisions", "paul", 403)]
    public async Task So_is_staff(string target, string name, int status)
    {
        var answer = await world.SendAsync(new ARequest(world, HttpMethod.Get, target) { Origin = world.Ops }.By(name));
        answer.Status.ShouldBe(status);
        answer.ShouldTell("address", "user", "user-at-once");
    }

    [Fact]
    public async Task Step_up_and_trouble_at_the_core_tell_as_well()
    {
        var stepUp = await world.SendAsync(ARequest.Get(world, "/corporate/v1/accounts").By("anna", AcrValues.Password));
        stepUp.Status.ShouldBe(401);
        stepUp.ShouldTell("address", "user", "client", "client-at-once");
        world.Core.Faults.Knobs = new CoreBank.Simulator.Control.Knobs(ResetBefore: 1);
        var interrupted = await world.SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"));
        interrupted.Status.ShouldBe(502);
        interrupted.ShouldTell("address", "user", "user-payments", "client", "client-at-once");
    }

    [Fact]
    public async Task What_is_left_goes_down_and_comes_back()
    {
        var first = await world.SendAsync(ARequest.Get(world, "/corporate/v1/payees").By("li"));
        var second = await world.SendAsync(ARequest.Get(world, "/corporate/v1/payees").By("li"));
        second.Remaining()["user"].ShouldBe(first.Remaining()["user"] - 1);
        second.Reset()["user"].ShouldBe(1);
        await world.PassAsync(TimeSpan.FromSeconds(1));
        (await world.SendAsync(ARequest.Get(world, "/corporate/v1/payees").By("li"))).Remaining()["user"].ShouldBe(299);
    }

    [Fact]
    public async Task What_the_core_says_of_limits_of_its_own_is_not_passed_on()
    {
        await using var core = await ScriptedCore.StartAsync(surroundings.ServerCertificate);
        core.Answer = context =>
        {
            context.Response.Headers["RateLimit"] = "\"core\";r=1";
            context.Response.Headers["RateLimit-Policy"] = "\"core\";q=1";
            return context.Response.WriteAsync("{}");
        };
        await using var own = await GatewayWorld.StartAsync(surroundings, settings => settings["Core:Destinations:0"] = core.Address);
        var answer = await own.SendAsync(ARequest.Get(own, "/corporate/v1/payees").By("anna"));
        answer.Status.ShouldBe(200);
        answer.ShouldTell("address", "user", "client", "client-at-once");
    }
}

/// <summary>A gateway with the policy that ships.</summary>
public sealed class RateLimitWorld(Surroundings surroundings) : IAsyncLifetime
{
    public GatewayWorld World { get; private set; } = null!;

    public async Task InitializeAsync() => World = await GatewayWorld.StartAsync(surroundings);

    public async Task DisposeAsync() => await World.DisposeAsync();
}
