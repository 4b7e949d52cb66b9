using CorpSecure.DevHost.Hosting;
using CorpSecure.DevHost.Processes;
using CorpSecure.DevHost.Tour;

namespace CorpSecure.Acceptance.Tests.Kills;

/// <summary>The gateway as a process that is killed and started again, with an address limit that lets a load through.</summary>
internal sealed class RestartedGateway(RunningSystem system)
{
    private readonly string policy = WritePolicy(system.Data.Config);
    private TetheredProcess? process;

    public async Task StartAsync()
    {
        process = await TetheredProcess.StartAsync(new TetheredCommand(
            "dotnet",
            [SourceTree.Build.Assembly("CorpSecure.Gateway"), "--config", Path.Combine(system.Data.Config, "gateway.json"), $"--Gateway:PolicyFile={policy}"])
        {
            LogFile = Path.Combine(system.Data.Logs, "gateway-restarted.log"),
        });
        await new TourPause(system.Demo, TimeProvider.System).UntilReadyAsync(CancellationToken.None);
    }

    public async Task KillAsync()
    {
        process!.Send(Signal.Kill).ShouldBeTrue("it was running");
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static string WritePolicy(string directory)
    {
        var text = File.ReadAllText(Path.Combine(Path.GetDirectoryName(SourceTree.Build.Assembly("CorpSecure.Gateway"))!, "policy.json"));
        var file = Path.Combine(directory, "policy-load.json");
        File.WriteAllText(file, text.Replace("\"permits\": 300", "\"permits\": 1000000").Replace("\"version\": \"", "\"version\": \"load-"));
        return file;
    }
}
