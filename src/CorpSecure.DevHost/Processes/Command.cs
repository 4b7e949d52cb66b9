using System.Diagnostics;

namespace CorpSecure.DevHost.Processes;

/// <summary>The result of a program that was run to its end.</summary>
public sealed record CommandResult(int ExitCode, string Output);

/// <summary>Runs a program to its end and keeps what it said.</summary>
public sealed record Command(string Program, params IReadOnlyList<string> Arguments)
{
    public string WorkingDirectory { get; init; } = "/";

    public OsAccount? Account { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public async Task<CommandResult> RunAsync(CancellationToken cancellation)
    {
        string[] whole = Account is null
            ? [Program, .. Arguments]
            : ["setpriv", .. Account.SetprivOptions, Program, .. Arguments];
        var start = new ProcessStartInfo(whole[0], whole[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = WorkingDirectory,
        };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation);
            return new CommandResult(process.ExitCode, (await output + await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Runs the program and throws, with its output, when it fails.</summary>
    public async Task<string> RunOrThrowAsync(CancellationToken cancellation)
    {
        var result = await RunAsync(cancellation);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException($"{Program} {string.Join(' ', Arguments)} ended with exit code {result.ExitCode}:\n{result.Output}");
    }
}
