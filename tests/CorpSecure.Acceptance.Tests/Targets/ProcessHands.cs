using CorpSecure.Acceptance.Tests.Integration;
using CorpSecure.DevHost.Hosting;
using CorpSecure.DevHost.Postgres;
using CorpSecure.DevHost.Processes;

namespace CorpSecure.Acceptance.Tests.Targets;

/// <summary>Processes of this machine, started by this test run in a directory of its own.</summary>
internal sealed class ProcessHands : Hands
{
    private const int PortOffset = 14_000;
    private const string TokenLifetime = "Identity__AccessTokenLifetime";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(40);

    private readonly DirectoryInfo directory;
    private TetheredProcess? restarted;

    private ProcessHands(DirectoryInfo directory, RunningSystem system, BankProvider bank) => (this.directory, System, Bank) = (directory, system, bank);

    public RunningSystem System { get; }

    /// <summary>A second issuer that the gateway knows.</summary>
    public BankProvider Bank { get; }

    public static async Task<ProcessHands> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("corpsecure-acceptance-");
        var options = new DevHostOptions(Path.Combine(directory.FullName, "data")) { PortOffset = PortOffset };
        var bank = BankProvider.Prepare(directory);
        Dictionary<string, string> inherited = new(bank.GatewaySettings) { [TokenLifetime] = Target.TokenLifetime };
        foreach (var (name, value) in inherited)
            Environment.SetEnvironmentVariable(name, value); // the servers inherit it
        try
        {
            return new ProcessHands(directory, await RunningSystem.StartAsync(options, SourceTree.Build, TimeProvider.System, _ => { }, CancellationToken.None), bank);
        }
        finally
        {
            foreach (var name in inherited.Keys)
                Environment.SetEnvironmentVariable(name, null);
        }
    }

    public override Task<int> ReplicasAsync() => Task.FromResult(1);

    public override Task StopDatabaseAsync() => System.Cluster!.StopAsync(StopMode.Fast, CancellationToken.None);

    public override Task StartDatabaseAsync() => System.Cluster!.StartAsync(CancellationToken.None);

    public override async Task RestartGatewayAsync()
    {
        var running = restarted?.Id ?? System.Demo.Processes["gateway"];
        Posix.Send(running, Signal.Terminate).ShouldBeTrue();
        await Eventually.TrueAsync(() => Task.FromResult(!IsAlive(running)), "the gateway ends when asked to");
        restarted?.Dispose();
        restarted = await TetheredProcess.StartAsync(new TetheredCommand("dotnet", [SourceTree.Build.Assembly("CorpSecure.Gateway"), "--config", Path.Combine(System.Data.Config, "gateway.json")])
        {
            LogFile = Path.Combine(System.Data.Logs, "gateway-restarted.log"),
            Environment = Bank.GatewaySettings,
        });
    }

    public override async ValueTask DisposeAsync()
    {
        if (restarted is not null)
        {
            await restarted.StopAsync(Signal.Terminate, Grace, TimeProvider.System);
            restarted.Dispose();
        }

        await System.DisposeAsync();
        directory.Delete(recursive: true);
    }

    private static bool IsAlive(int process) =>
        File.Exists($"/proc/{process}/stat") && !File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].StartsWith(" Z", StringComparison.Ordinal);
}
