namespace CorpSecure.DevHost.Processes;

/// <summary>Starts the parts together, watches every one of them, and stops them in reverse order.</summary>
public sealed class Supervisor(TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly List<(Part Part, TetheredProcess Process)> running = [];
    private volatile bool stopping;

    public IReadOnlyDictionary<string, int> ProcessIds => running.ToDictionary(each => each.Part.Name, each => each.Process.Id);

    /// <summary>Starts a part without waiting until it serves.</summary>
    public async Task StartAsync(Part part)
    {
        ArgumentNullException.ThrowIfNull(part);
        KeepPreviousLog(part.Command.LogFile);
        running.Add((part, await TetheredProcess.StartAsync(part.Command)));
    }

    /// <exception cref="PartFailedException">One of them ended, or is not ready in time.</exception>
    public Task WaitUntilReadyAsync(CancellationToken cancellation) =>
        Task.WhenAll(running.Select(each => WaitUntilReadyAsync(each.Part, each.Process, cancellation)));

    /// <summary>Never returns; throws when a part ends.</summary>
    /// <exception cref="PartFailedException">A part ended although nobody asked it to.</exception>
    public async Task WatchAsync(CancellationToken cancellation)
    {
        var exits = running.Select(async each =>
        {
            await each.Process.WaitForExitAsync(cancellation);
            return each;
        });
        var (part, process) = await await Task.WhenAny(exits);
        if (!stopping)
            throw Ended(part, process);
    }

    /// <summary>Tells what had to be killed.</summary>
    public async Task StopAsync(Action<string> say)
    {
        ArgumentNullException.ThrowIfNull(say);
        stopping = true;
        foreach (var (part, process) in running.AsEnumerable().Reverse())
        {
            if (!await process.StopAsync(Signal.Terminate, part.Grace, time))
                say($"{part.Name} did not stop within {part.Grace.TotalSeconds:0} s and was killed.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(_ => { });
        foreach (var (_, process) in running)
            process.Dispose();
        running.Clear();
    }

    private async Task WaitUntilReadyAsync(Part part, TetheredProcess process, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (!await part.IsReady(cancellation))
        {
            if (process.HasExited)
                throw Ended(part, process);
            if (time.GetElapsedTime(started) > part.ReadyLimit)
                throw new PartFailedException(part.Name, $"was not ready within {part.ReadyLimit.TotalSeconds:0} s", part.Command.LogFile);
            await Task.Delay(Pause, time, cancellation);
        }
    }

    // A signal shows as 128 + its number, as in a shell.
    private static PartFailedException Ended(Part part, TetheredProcess process) =>
        new(part.Name, process.ExitCode > 128 ? $"was ended by signal {process.ExitCode - 128}" : $"ended with exit code {process.ExitCode}", part.Command.LogFile);

    private static void KeepPreviousLog(string log)
    {
        if (File.Exists(log))
            File.Move(log, Path.ChangeExtension(log, ".previous.log"), overwrite: true);
    }
}
