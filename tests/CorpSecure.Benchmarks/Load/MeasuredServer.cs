using CorpSecure.DevHost.Processes;

namespace CorpSecure.Benchmarks.Load;

/// <summary>A server under load, as a process of its own.</summary>
/// <param name="Time">The processor time that is charged to it.</param>
internal sealed record MeasuredServer(string Name, int Port, TetheredProcess Process, ProcessorTime Time) : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    /// <param name="withChildren">The processes it forks count as well.</param>
    public static async Task<MeasuredServer> StartAsync(
        string name, int port, string folder, string program, IReadOnlyList<string> arguments, bool withChildren = false)
    {
        var log = Path.Combine(folder, $"{name}.log");
        var process = await TetheredProcess.StartAsync(new TetheredCommand(program, arguments) { LogFile = log, WorkingDirectory = folder });
        for (var tries = 0; !await Ports.AcceptsAsync(port); tries++)
        {
            if (process.HasExited || tries > 600)
                throw new InvalidOperationException($"{name} did not start:\n{File.ReadAllText(log)}");
        }

        return new MeasuredServer(name, port, process, new ProcessorTime(process.Id, withChildren));
    }

    public async ValueTask DisposeAsync()
    {
        await Process.StopAsync(Signal.Terminate, Grace, TimeProvider.System);
        Process.Dispose();
    }
}
