namespace CoreBank.Simulator.Hosting;

/// <summary>The configuration cannot be started with. Its message lists every fault, one a line.</summary>
public sealed class ConfigurationFaultsException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>EX_CONFIG of sysexits.h.</summary>
    public const int ExitCode = 78;

    public IReadOnlyList<string> Faults => faults;
}
