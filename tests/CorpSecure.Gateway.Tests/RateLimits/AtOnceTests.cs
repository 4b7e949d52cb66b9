using CorpSecure.Gateway.RateLimits;
using CorpSecure.Gateway.Tests.World;
using Microsoft.AspNetCore.Http;

namespace CorpSecure.Gateway.Tests.RateLimits;

/// <summary>One request of a client at a time: the place comes back however the request ends.</summary>
[Collection(GatewayCollection.Name)]
public sealed class AtOnceTests(Surroundings surroundings) : IAsyncLifetime
{
    private const string Payees = "/corporate/v1/payees";

    private readonly SemaphoreSlim arrived = new(0);
    private readonly TaskCompletionSource proceed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ScriptedCore core = null!;
    private GatewayWorld world = null!;

    public async Task InitializeAsync()
    {
        core = await ScriptedCore.StartAsync(surroundings.ServerCertificate);
        core.Answer = WaitAsync;
        world = await GatewayWorld.StartAsync(
            surroundings,
            settings => (settings["Core:Destinations:0"], settings["Core:ActivityTimeout"]) = (core.Address, "00:00:01"),
            PolicyText.WithLimits(PolicyText.Address(10_000), """{ "name": "one", "per": "client", "kind": "concurrency", "permits": 1 }"""));
    }

    public async Task DisposeAsync()
    {
        proceed.TrySetResult();
        await world.DisposeAsync();
        await core.DisposeAsync();
        arrived.Dispose();
    }

    [Fact]
    public async Task A_second_request_at_once_is_refused_and_the_next_is_not()
    {
        var first = world.SendAsync(ARequest.Get(world, Payees).By("anna"));
        await arrived.WaitAsync();

        var refused = await world.SendAsync(ARequest.Get(world, Payees).By("carla"));
        (refused.Status, refused.Code).ShouldBe((429, "limit.concurrency"));
        refused.Message.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        refused.Remaining()["one"].ShouldBe(0);
        core.Received.Count.ShouldBe(1);

        proceed.SetResult();
        (await first).Status.ShouldBe(200);
        (await world.SendAsync(ARequest.Get(world, Payees).By("carla"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_caller_who_hangs_up_gives_the_place_back()
    {
        await using (var wire = await Wire.OpenAsync(world))
        {
            await wire.SendAsync(Wire.Head(ARequest.Get(world, Payees).By("anna").Build()) + "\r\n");
            await arrived.WaitAsync();
            wire.Abort();
        }

        core.Answer = AnswerAsync;
        for (var tries = 0; (await world.SendAsync(ARequest.Get(world, Payees).By("anna"))).Status != 200; tries++)
            tries.ShouldBeLessThan(5000, "the place never came back");
    }

    [Fact]
    public async Task A_core_that_hangs_or_breaks_off_gives_the_place_back()
    {
        (await world.SendAsync(ARequest.Get(world, Payees).By("anna"))).Code.ShouldBe("core.silent");
        core.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        (await world.SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"))).Code.ShouldBe("core.interrupted");
        core.Answer = _ => throw new InvalidOperationException("as a broken core does");
        (await world.SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"))).Status.ShouldBe(500);
        core.Answer = AnswerAsync;
        (await world.SendAsync(ARequest.Get(world, Payees).By("anna"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_request_that_is_refused_later_or_fails_gives_the_place_back()
    {
        core.Answer = AnswerAsync;
        for (var i = 0; i < 3; i++)
        {
            (await world.SendAsync(ARequest.PaymentBy(world, "anna", "anna-revoked"))).Code.ShouldBe("signature.key-revoked");
            (await world.SendAsync(ARequest.PaymentBy(world, "anna", "anna-1", "{"))).Code.ShouldBe("body.malformed");
        }

        await world.ExecuteAsync("revoke insert on ledger.entries from corpsecure_writer");
        for (var i = 0; i < 3; i++)
            (await world.SendAsync(ARequest.Get(world, Payees).By("anna"))).Status.ShouldBe(503);
        await world.ExecuteAsync("grant insert on ledger.entries to corpsecure_writer");
        (await world.SendAsync(ARequest.Get(world, Payees).By("anna"))).Status.ShouldBe(200);
        world.Service<RequestLimits>().Sweep();
        world.Service<RequestLimits>().Counted.ShouldBe(1, "nothing is in use; the address still counts in its window");
    }

    private static Task AnswerAsync(HttpContext context) => context.Response.WriteAsync("{}");

    private async Task WaitAsync(HttpContext context)
    {
        arrived.Release();
        await Task.WhenAny(proceed.Task, Task.Delay(Timeout.Infinite, context.RequestAborted));
        if (!context.RequestAborted.IsCancellationRequested)
            await AnswerAsync(context);
    }
}
