using System.Diagnostics;
using System.Text;
using CorpSecure.DevHost.Processes;

namespace CorpSecure.Acceptance.Tests.Lifecycle;

/// <summary>DevHost as a newcomer starts it: a process with a terminal's worth of output.</summary>
internal sealed class DevHostProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DevHostProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    public static DevHostProcess Start(string data, int portOffset, params string[] options)
    {
        string[] arguments = [SourceTree.DevHost, "--data", data, "--port-offset", $"{portOffset}", .. options];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        return new DevHostProcess(Process.Start(start)!);
    }

    public Task ReadyAsync() => ready.Task.WaitAsync(TimeSpan.FromMinutes(2));

    public void Send(Signal signal) => Posix.Send(process.Id, signal).ShouldBeTrue();

    public async Task<int> ExitCodeAsync()
    {
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private void Add(string? line)
    {
        lock (output)
            output.AppendLine(line);
        if (line?.Contains("Try next", StringComparison.Ordinal) == true)
            ready.TrySetResult();
        if (line is null)
            ready.TrySetException(new InvalidOperationException("DevHost ended: " + Output));
    }
}
