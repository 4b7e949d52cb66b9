using CorpSecure.DevHost.Postgres;
using CorpSecure.DevHost.Processes;

namespace CorpSecure.DevHost.Tests.Processes;

public sealed class TetheredProcessTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task The_server_ends_when_its_owner_is_killed_and_the_data_serves_the_next_owner()
    {
        var home = directory.File("cluster");
        using (var owner = await OwnerProcess.StartAsync("cluster", home))
        {
            owner.Owned.ProcessName.ShouldBe("postgres");
            await owner.KillAsync();
            (await owner.OwnedEndsWithinAsync(Soon)).ShouldBeTrue();
        }
        await using var next = await PostgresCluster.StartAsync(new PostgresClusterOptions { Directory = home }, CancellationToken.None);
        await next.CreateDatabaseAsync("alive");
    }

    [Fact]
    public async Task A_child_ends_when_its_owner_is_killed_even_when_it_ignores_polite_signals()
    {
        using var owner = await OwnerProcess.StartAsync("command", directory.File("log"), "sh", "-c", "trap '' TERM INT HUP; while :; do sleep 1; done");
        await owner.KillAsync();
        (await owner.OwnedEndsWithinAsync(Soon)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_child_outlives_the_thread_that_asked_for_it()
    {
        var armed = directory.File("armed");
        var command = new TetheredCommand("sh", ["-c", $"echo > {armed}; exec sleep 60"]) { LogFile = directory.File("log") };
        TetheredProcess? child = null;
        var asking = new Thread(() =>
        {
            child = TetheredProcess.StartAsync(command).GetAwaiter().GetResult();
            // A thread that ends before the signal is armed proves nothing.
            SpinWait.SpinUntil(() => File.Exists(armed), Soon).ShouldBeTrue();
        });
        asking.Start();
        asking.Join();

        using (child!)
        {
            using var moment = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
            await Should.ThrowAsync<OperationCanceledException>(() => child!.WaitForExitAsync(moment.Token));
            (await child!.StopAsync(Signal.Terminate, Soon, TimeProvider.System)).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_child_that_does_not_stop_is_killed_after_the_grace_time()
    {
        var stubborn = new TetheredCommand("sh", ["-c", "trap '' TERM; echo armed; while :; do sleep 1; done"]) { LogFile = directory.File("log") };
        using var child = await TetheredProcess.StartAsync(stubborn);
        await WaitForAsync(() => File.Exists(stubborn.LogFile) && File.ReadAllText(stubborn.LogFile).Contains("armed"));

        (await child.StopAsync(Signal.Terminate, TimeSpan.FromMilliseconds(300), TimeProvider.System)).ShouldBeFalse();
        child.HasExited.ShouldBeTrue();
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Soon);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
            await tick.WaitForNextTickAsync(limit.Token);
    }
}
