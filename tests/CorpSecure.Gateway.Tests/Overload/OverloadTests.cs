using CorpSecure.Gateway.Tests.World;
using Microsoft.AspNetCore.Http;

namespace CorpSecure.Gateway.Tests.Overload;

[Collection(GatewayCollection.Name)]
public sealed class OverloadTests(Surroundings surroundings) : IAsyncLifetime
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
            settings => (settings["Core:Destinations:0"], settings["Gateway:MaxConcurrentRequests"]) = (core.Address, "2"),
            PolicyText.Roomy);
    }

    public async Task DisposeAsync()
    {
        proceed.TrySetResult();
        await world.DisposeAsync();
        await core.DisposeAsync();
        arrived.Dispose();
    }

    [Fact]
    public async Task What_is_more_than_can_be_served_is_refused_at_once_and_what_is_under_way_is_finished()
    {
        var under = new[] { world.SendAsync(ARequest.Get(world, Payees).By("anna")), world.SendAsync(ARequest.Get(world, Payees).By("li")) };
        await arrived.WaitAsync();
        await arrived.WaitAsync();

        var refused = await world.SendAsync(ARequest.Get(world, Payees).By("carla"));
        (refused.Status, refused.Code).ShouldBe((503, "overloaded"));
        refused.Message.Headers.RetryAfter.ShouldNotBeNull();
        var payment = await world.SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"));
        (payment.Status, payment.Code).ShouldBe((503, "overloaded"));
        payment.DecisionId.ShouldBe(refused.DecisionId, "they are counted, not written one by one");
        core.Received.Count.ShouldBe(2);
        (await world.SendAsync(new ARequest(world, HttpMethod.Get, "/ops/v1/decisions?limit=1") { Origin = world.Ops }.By("rita"))).Status.ShouldBe(200, "staff see what goes on");

        proceed.SetResult();
        foreach (var answer in await Task.WhenAll(under))
            answer.Status.ShouldBe(200);
        var entry = (await world.EntriesAsync(refused.DecisionId)).ShouldHaveSingleItem();
        (entry.Kind, entry.Text("count"), entry.Text("status")).ShouldBe(((short)3, "2", "503"));
        entry.Reasons.ShouldBe(["overloaded"]);
        (await world.SendAsync(ARequest.Get(world, Payees).By("carla"))).Status.ShouldBe(200, "the places have come back");
    }

    private async Task WaitAsync(HttpContext context)
    {
        arrived.Release();
        await proceed.Task;
        await context.Response.WriteAsync("{}");
    }
}
