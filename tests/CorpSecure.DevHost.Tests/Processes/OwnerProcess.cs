using System.Diagnostics;

namespace CorpSecure.DevHost.Tests.Processes;

/// <summary>A process that owns another one and can be killed: this assembly's own Main.</summary>
internal sealed class OwnerProcess : IDisposable
{
    private readonly Process process;

    private OwnerProcess(Process process, int ownedId) => (this.process, Owned) = (process, Process.GetProcessById(ownedId));

    public Process Owned { get; }

    public static async Task<OwnerProcess> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(OwnerProcess).Assembly.Location, .. arguments]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync();
        return new OwnerProcess(process, int.Parse(line!));
    }

    /// <summary>SIGKILL to the owner alone.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async Task<bool> OwnedEndsWithinAsync(TimeSpan limit)
    {
        using var patience = new CancellationTokenSource(limit);
        try
        {
            await Owned.WaitForExitAsync(patience.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
        Owned.Dispose();
    }
}
