namespace CorpSecure.Identity.Hosting;

/// <summary>Everything that is wrong with the configuration, in one message.</summary>
public sealed class ConfigurationFaultsException(IReadOnlyList<string> faults)
    : Exception("corpsecure identity cannot start, its configuration is faulty:\n" + string.Join('\n', faults.Select(fault => "  " + fault)))
{
    public IReadOnlyList<string> Faults => faults;
}
