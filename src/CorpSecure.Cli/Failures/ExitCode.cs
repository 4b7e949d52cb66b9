namespace CorpSecure.Cli.Failures;

/// <summary>Stable: scripts depend on the numbers.</summary>
internal enum ExitCode
{
    Ok = 0,
    Unexpected = 1,
    Usage = 2,
    Refused = 4,
    Unavailable = 5,
    NotSignedIn = 6,
}
