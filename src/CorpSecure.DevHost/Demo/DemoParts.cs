using CorpSecure.DevHost.Hosting;
using CorpSecure.DevHost.Processes;

namespace CorpSecure.DevHost.Demo;

/// <summary>The servers, in the order they are started.</summary>
internal sealed class DemoParts(DataDirectory data, PortPlan ports, BuildOutput build, DemoMaterial material, PartConfigurations configurations, ReadinessProbe probe)
{
    // A demo is started more often than it is driven hard: profiling code from its first call on costs a second or two.
    private static readonly Dictionary<string, string> QuickStart = new() { ["DOTNET_TieredPGO"] = "0" };

    public IReadOnlyList<Part> All =>
    [
        Make("core-bank", "CoreBank.Simulator", ports.CoreControl, "/control/knobs", material.CoreControlToken),
        Make("identity-corporate", "CorpSecure.Identity", ports.IdentityCorporate, "/health"),
        Make("identity-staff", "CorpSecure.Identity", ports.IdentityStaff, "/health"),
        Make("gateway", "CorpSecure.Gateway", ports.Ops, "/health/ready"),
    ];

    private Part Make(string name, string project, int port, string path, string? bearer = null)
    {
        var command = new TetheredCommand("dotnet", [build.Assembly(project), "--config", configurations.FileOf(name)])
        {
            LogFile = Path.Combine(data.Logs, name + ".log"),
            WorkingDirectory = data.Root,
            Environment = QuickStart,
        };
        var address = new Uri(DemoAddresses.Origin(port) + path);
        return new Part(name, command) { IsReady = cancellation => probe.SucceedsAsync(address, bearer, cancellation) };
    }
}
