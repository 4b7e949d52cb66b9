using Spectre.Console;

namespace CorpSecure.Cli.Output;

/// <summary>The streams of one run. Results go to <see cref="Out"/>, everything said about them to <see cref="Error"/>.</summary>
internal sealed record Terminal(TextWriter Out, TextWriter Error, Func<Stream> OpenOut, bool IsInteractive)
{
    public static Terminal Console { get; } = new(
        System.Console.Out, System.Console.Error, System.Console.OpenStandardOutput, !System.Console.IsOutputRedirected);

    /// <summary>Text from outside may hold control characters that a terminal would obey.</summary>
    public static string Harmless(string? text) =>
        text is null ? "" : string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));

    public IAnsiConsole ToSpectre() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Out) });
}
