using System.Diagnostics;

namespace CorpSecure.DevHost.Processes;

/// <summary>What to start, and how it is to die when this process dies without saying so.</summary>
public sealed record TetheredCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Standard output and error are appended to this file.</summary>
    public required string LogFile { get; init; }

    public string WorkingDirectory { get; init; } = "/";

    public Signal OnOrphaned { get; init; } = Signal.Kill;

    /// <summary>Run as another account; only root can ask for it.</summary>
    public OsAccount? Account { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}

/// <summary>
/// A child that cannot outlive this process, however this process ends. The chain is exec all the way, so the process id
/// is the program's own: setsid (a Ctrl-C at the terminal reaches only DevHost, which stops its children in order),
/// setpriv (account first, then the parent-death signal, which a change of account would clear), and a shell that checks
/// that the parent did not die before the signal was armed.
/// </summary>
public sealed class TetheredProcess : IDisposable
{
    private const string Script = """[ "$PPID" = "$1" ] || exit 125; log=$2; shift 2; exec "$@" </dev/null >>"$log" 2>&1""";

    private readonly Process process;

    private TetheredProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public static async Task<TetheredProcess> StartAsync(TetheredCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var start = Describe(command);
        return new TetheredProcess(await SpawningThread.RunAsync(() => Process.Start(start)!));
    }

    public Task WaitForExitAsync(CancellationToken cancellation = default) => process.WaitForExitAsync(cancellation);

    /// <summary>Sends a signal; false when the process is already gone.</summary>
    public bool Send(Signal signal) => !process.HasExited && Posix.Send(process.Id, signal);

    /// <summary>Sends the signal and waits; after the grace time the process is killed. True when it ended by itself.</summary>
    public async Task<bool> StopAsync(Signal signal, TimeSpan grace, TimeProvider time)
    {
        if (!Send(signal))
            return true;
        using var patience = new CancellationTokenSource(grace, time);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            Send(Signal.Kill);
            await process.WaitForExitAsync(CancellationToken.None);
            return false;
        }
    }

    public void Dispose() => process.Dispose();

    private static ProcessStartInfo Describe(TetheredCommand command)
    {
        var start = new ProcessStartInfo("setsid") { UseShellExecute = false, WorkingDirectory = command.WorkingDirectory };
        string[] fixedPart =
        [
            "setpriv", .. command.Account?.SetprivOptions ?? [], "--pdeathsig", NameOf(command.OnOrphaned),
            "sh", "-c", Script, "tether", Environment.ProcessId.ToString(), command.LogFile, command.Program,
        ];
        foreach (var argument in fixedPart.Concat(command.Arguments))
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in command.Environment)
            start.Environment[name] = value;
        return start;
    }

    private static string NameOf(Signal signal) => signal switch
    {
        Signal.Interrupt => "INT",
        Signal.Quit => "QUIT",
        Signal.Kill => "KILL",
        Signal.Terminate => "TERM",
    };
}
