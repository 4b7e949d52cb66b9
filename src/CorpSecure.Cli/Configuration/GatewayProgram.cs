using System.ComponentModel;
using System.Diagnostics;
using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Output;

namespace CorpSecure.Cli.Configuration;

/// <summary>The gateway as a program of its own: corpsec knows its commands, never its code.</summary>
internal sealed class GatewayProgram(string path)
{
    private const string Name = "CorpSecure.Gateway";

    /// <summary>The one named, else the one installed beside corpsec, else the one built beside it.</summary>
    /// <exception cref="CliException">There is none.</exception>
    public static string Find(FileInfo? named)
    {
        if (named is not null)
            return named.Exists ? named.FullName : throw CliException.Usage($"There is no {named.FullName}.");
        var own = AppContext.BaseDirectory;
        var built = own.Replace($"{Path.DirectorySeparatorChar}CorpSecure.Cli{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}{Name}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
        return new[] { own, Path.Combine(own, "..", "gateway"), built }.Select(folder => Path.Combine(folder, Name + ".dll")).FirstOrDefault(File.Exists)
            ?? throw CliException.Usage("The gateway's program is not beside corpsec.", $"Name it: --gateway /path/to/{Name}.dll");
    }

    public async Task<int> RunAsync(IEnumerable<string> arguments, Shell shell, CancellationToken cancellationToken)
    {
        var managed = path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(managed ? "dotnet" : path) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (managed)
            start.ArgumentList.Add(path);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start) ?? throw new CliException(ExitCode.Unexpected, $"{path} does not start.");
            var told = Task.WhenAll(PassOnAsync(process.StandardOutput, shell.Out, cancellationToken), PassOnAsync(process.StandardError, shell.Error, cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            await told;
            return process.ExitCode;
        }
        catch (Win32Exception error)
        {
            throw new CliException(ExitCode.Unexpected, $"{start.FileName} cannot be run.", error.Message, "Is .NET installed and on the PATH?");
        }
    }

    private static async Task PassOnAsync(StreamReader from, TextWriter to, CancellationToken cancellationToken)
    {
        while (await from.ReadLineAsync(cancellationToken) is { } line)
            await to.WriteLineAsync(Shell.Harmless(line));
    }
}
