namespace CorpSecure.Gateway.Hosting;

/// <summary>The start is refused; the message lists every fault, one a line.</summary>
public sealed class StartRefusedException(IReadOnlyCollection<string> faults)
    : Exception($"corpsecure-gateway does not start:{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", faults)}")
{
    /// <summary>EX_CONFIG of sysexits.h.</summary>
    public const int ExitCode = 78;

    public IReadOnlyCollection<string> Faults => faults;

    public StartRefusedException(string fault)
        : this([fault])
    {
    }
}
