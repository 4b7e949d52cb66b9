using CorpSecure.DevHost.Hosting;

namespace CorpSecure.DevHost.Tour;

/// <summary>Plays the demo's story against the running system. True only if every answer is the expected one.</summary>
internal static class DemoTour
{
    public static Task<bool> RunAsync(RunningSystem system, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        throw new ConfigurationFaultException($"--tour has no story to play yet; the system in {system.Data.Root} started well.");
    }
}
