namespace CorpSecure.DevHost.Hosting;

/// <summary>What the shell sees.</summary>
public static class ExitCodes
{
    public const int Success = 0;
    public const int Crash = 1;
    public const int PostgresMissing = 3;

    /// <summary>EX_CONFIG: something about this machine or the options must be changed by hand.</summary>
    public const int Configuration = 78;
}

/// <summary>Something that only the user can put right; the message says how.</summary>
public sealed class ConfigurationFaultException(string message) : Exception(message);
