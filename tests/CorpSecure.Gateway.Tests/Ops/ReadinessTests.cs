using System.Net;
using System.Net.Sockets;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Ops;
using CorpSecure.Gateway.Registry;
using CorpSecure.Gateway.Tests.World;
using CorpSecure.Ledger;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CorpSecure.Gateway.Tests.Ops;

[Collection(GatewayCollection.Name)]
public sealed class ReadinessTests(Surroundings surroundings)
{
    [Fact]
    public async Task Told_to_stop_it_is_not_ready_then_the_doors_close_and_what_is_in_flight_is_finished()
    {
        var (arrived, proceed) = (new TaskCompletionSource(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var core = await ScriptedCore.StartAsync(surroundings.ServerCertificate);
        core.Answer = async context =>
        {
            arrived.TrySetResult();
            await proceed.Task;
            await context.Response.WriteAsync("{}");
        };
        await using var world = await GatewayWorld.StartAsync(surroundings, settings =>
        {
            settings["Core:Destinations:0"] = core.Address;
            settings["Gateway:DrainDelay"] = "00:00:05";
        }, PolicyText.Roomy);
        (await ReadyAsync(world)).ShouldBe(200);
        var payment = world.SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"));
        await arrived.Task;

        var stop = world.App.StopAsync();

        (await ReadyAsync(world)).ShouldBe(503);
        using (var live = await world.Http.GetAsync(new Uri(world.Ops + "/health/live")))
            live.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await world.SendAsync(ARequest.Get(world, "/corporate/v1/accounts/acc-huaxin-001").By("anna"))).Status.ShouldBe(404); // still served
        stop.IsCompleted.ShouldBeFalse();

        world.Clock.Advance(TimeSpan.FromSeconds(5));
        for (var tries = 0; await AcceptsAsync(world.ApiPort); tries++)
            tries.ShouldBeLessThan(5000, "the listener stayed open");
        payment.IsCompleted.ShouldBeFalse();
        stop.IsCompleted.ShouldBeFalse();
        proceed.SetResult();
        (await payment).Status.ShouldBe(200);
        await stop;
    }

    [Fact]
    public async Task A_database_that_hangs_does_not_hang_the_probe_and_is_asked_once()
    {
        var world = await surroundings.CommonAsync();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var options = new LedgerOptions { Replica = "x", MasterKeyFile = "", ConnectionString = $"Host=127.0.0.1;Port={((IPEndPoint)silent.LocalEndpoint).Port};Username=x;SSL Mode=Disable" };
        await using var database = new LedgerDatabase(options);
        var readiness = new Readiness(database, world.Service<RegistryFeed>(), new Draining(world.Service<GatewaySettings>(), world.Service<IHostApplicationLifetime>(), world.Clock, NullLogger<Draining>.Instance), world.Clock);
        await world.PassAsync(TimeSpan.Zero);

        var probes = Enumerable.Range(0, 20).Select(_ => readiness.IsReadyAsync()).ToArray();
        using var asked = await silent.AcceptTcpClientAsync();
        probes.ShouldAllBe(probe => !probe.IsCompleted);
        world.Clock.Advance(Readiness.LongestWait);

        (await Task.WhenAll(probes)).ShouldAllBe(ready => !ready);
        silent.Pending().ShouldBeFalse();
    }

    private static async Task<int> ReadyAsync(GatewayWorld world)
    {
        using var answer = await world.Http.GetAsync(new Uri(world.Ops + "/health/ready"));
        return (int)answer.StatusCode;
    }

    private static async Task<bool> AcceptsAsync(int port)
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
