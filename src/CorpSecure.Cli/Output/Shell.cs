using Spectre.Console;

namespace CorpSecure.Cli.Output;

/// <summary>
/// What surrounds one run: its streams and the folder of its profiles.
/// Results go to <see cref="Out"/>, everything said about them to <see cref="Error"/>.
/// </summary>
internal sealed record Shell(TextWriter Out, TextWriter Error, Func<Stream> OpenOut, bool IsInteractive, string Home)
{
    /// <summary>Whether a person reads what is said about the results, and can be asked to do something.</summary>
    public bool IsWatched { get; init; }

    public static Shell OfProcess() => new(
        Console.Out, Console.Error, Console.OpenStandardOutput, !Console.IsOutputRedirected, FindHome())
    {
        IsWatched = !Console.IsErrorRedirected,
    };

    /// <summary>Text from outside may hold control characters that a terminal would obey.</summary>
    public static string Harmless(string? text) =>
        text is null ? "" : string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));

    public IAnsiConsole ToSpectre() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Out) });

    private static string FindHome() =>
        Environment.GetEnvironmentVariable("CORPSECURE_HOME") is { Length: > 0 } home
            ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config", "corpsec");
}
