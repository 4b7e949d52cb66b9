using CorpSecure.DevHost.Processes;

namespace CorpSecure.Acceptance.Tests.Targets;

/// <summary>Containers, by the compose command that started them, run in this repository.</summary>
internal sealed class ComposeHands(string command) : Hands
{
    private readonly string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public override async Task<int> ReplicasAsync() => (await GatewaysAsync()).Length;

    public override Task StopDatabaseAsync() => ComposeAsync("stop", "postgres");

    public override Task StartDatabaseAsync() => ComposeAsync("start", "postgres");

    public override async Task RestartGatewayAsync()
    {
        var first = (await GatewaysAsync())[0];
        await RunAsync("docker", "restart", "--time", "40", first);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<string[]> GatewaysAsync() =>
        (await ComposeAsync("ps", "-q", "gateway")).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private Task<string> ComposeAsync(params string[] arguments) => RunAsync(words[0], [.. words[1..], .. arguments]);

    private static Task<string> RunAsync(string program, params string[] arguments) =>
        new Command(program, arguments) { WorkingDirectory = SourceTree.Root }.RunOrThrowAsync(CancellationToken.None);
}
