using CorpSecure.Gateway.Tests.World;
using Microsoft.AspNetCore.Http;

namespace CorpSecure.Gateway.Tests.Forwarding;

/// <summary>A payment under way is finished, whoever leaves.</summary>
[Collection(GatewayCollection.Name)]
public sealed class InFlightTests(Surroundings surroundings) : IAsyncLifetime
{
    private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource proceed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ScriptedCore core = null!;
    private GatewayWorld world = null!;

    public async Task InitializeAsync()
    {
        core = await ScriptedCore.StartAsync(surroundings.ServerCertificate);
        core.Answer = async context =>
        {
            arrived.TrySetResult();
            await proceed.Task;
            context.Response.StatusCode = 201;
            await context.Response.WriteAsync("{}");
        };
        world = await GatewayWorld.StartAsync(surroundings, settings => settings["Core:Destinations:0"] = core.Address);
    }

    public async Task DisposeAsync()
    {
        proceed.TrySetResult();
        await world.DisposeAsync();
        await core.DisposeAsync();
    }

    [Fact]
    public async Task A_payment_whose_sender_hung_up_is_completed_and_recorded()
    {
        var request = ARequest.PaymentBy(world, "anna", "anna-1").Build();
        var body = await request.Content!.ReadAsStringAsync();
        await using (var wire = await Wire.OpenAsync(world))
        {
            await wire.SendAsync($"{Wire.Head(request)}Content-Length: {body.Length}\r\n\r\n{body}");
            await arrived.Task;
            wire.Abort();
        }

        proceed.SetResult();

        await world.UntilAsync("select count(*) = 1 from ledger.entries where kind = 2");
        (await world.QueryAsync<string>("select (payload ->> 'state') || (payload ->> 'status') from ledger.entries where kind = 2")).ShouldBe("answered201");
    }

    [Fact]
    public async Task A_stop_waits_for_the_payment_in_flight()
    {
        var payment = world.SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"));
        await arrived.Task;

        var stop = world.App.StopAsync();
        stop.IsCompleted.ShouldBeFalse();
        proceed.SetResult();

        (await payment).Status.ShouldBe(201);
        await stop;
        (await world.QueryAsync<string>("select payload ->> 'status' from ledger.entries where kind = 2")).ShouldBe("201");
    }
}
