namespace CorpSecure.Cli.Failures;

/// <summary>A failure that says what happened, why, and what to do next.</summary>
internal sealed class CliException(ExitCode code, string what, string? why = null, string? next = null) : Exception(what)
{
    public ExitCode Code { get; } = code;

    public string? Why { get; } = why;

    public string? Next { get; } = next;

    public static CliException Usage(string what, string? next = null) => new(ExitCode.Usage, what, next: next);
}
