using CorpSecure.DevHost.Processes;

namespace CorpSecure.DevHost.Tests.Processes;

public sealed class SupervisorTests : IDisposable
{
    // Says when it is asked to stop, into one file for all parts.
    private const string Polite = "trap 'echo \"$0\" >> stops; exit 0' TERM; echo up > \"$0.up\"; while :; do sleep 0.1; done";

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Parts_stop_in_reverse_order()
    {
        await using var supervisor = new Supervisor(TimeProvider.System);
        foreach (var name in new[] { "first", "second", "third" })
            await supervisor.StartAsync(APart(name, Polite));
        await supervisor.WaitUntilReadyAsync(CancellationToken.None);

        await supervisor.StopAsync(_ => { });
        (await File.ReadAllLinesAsync(directory.File("stops"))).ShouldBe(["third", "second", "first"]);
    }

    [Fact]
    public async Task A_part_that_ends_is_reported_with_exit_code_and_last_words()
    {
        await using var supervisor = new Supervisor(TimeProvider.System);
        await supervisor.StartAsync(APart("steady", Polite));
        await supervisor.StartAsync(APart("frail", "echo up > frail.up; echo 'out of luck'; sleep 0.3; exit 7"));
        await supervisor.WaitUntilReadyAsync(CancellationToken.None);

        var failure = await Should.ThrowAsync<PartFailedException>(() => supervisor.WatchAsync(CancellationToken.None));
        failure.Part.ShouldBe("frail");
        failure.Message.ShouldContain("ended with exit code 7");
        failure.Message.ShouldContain("out of luck");
    }

    [Fact]
    public async Task A_part_that_ends_before_it_serves_does_not_keep_us_waiting()
    {
        await using var supervisor = new Supervisor(TimeProvider.System);
        await supervisor.StartAsync(APart("faulty", "echo 'Gateway:PolicyFile: file not found' >&2; exit 78"));

        var failure = await Should.ThrowAsync<PartFailedException>(() => supervisor.WaitUntilReadyAsync(CancellationToken.None));
        failure.Message.ShouldContain("ended with exit code 78");
        failure.Message.ShouldContain("Gateway:PolicyFile");
    }

    [Fact]
    public async Task A_part_that_never_serves_is_reported()
    {
        await using var supervisor = new Supervisor(TimeProvider.System);
        await supervisor.StartAsync(APart("silent", "exec sleep 60") with { ReadyLimit = TimeSpan.FromMilliseconds(200) });

        (await Should.ThrowAsync<PartFailedException>(() => supervisor.WaitUntilReadyAsync(CancellationToken.None))).Message.ShouldContain("not ready");
    }

    private Part APart(string name, string script) =>
        new(name, new TetheredCommand("sh", ["-c", script, name]) { LogFile = directory.File(name + ".log"), WorkingDirectory = directory.Path })
        {
            IsReady = _ => Task.FromResult(File.Exists(directory.File(name + ".up"))),
        };
}
