namespace CorpSecure.Gateway.Hosting;

/// <summary>The start is refused; the message lists every fault, one a line.</summary>
public sealed class StartRefusedException : Exception
{
    /// <summary>EX_CONFIG of sysexits.h.</summary>
    public const int ExitCode = 78;

    public StartRefusedException(IReadOnlyCollection<string> faults)
        : base($"corpsecure-gateway does not start:{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", faults.Select(OneLine))}") =>
        Faults = [.. faults.Select(OneLine)];

    public StartRefusedException(string fault)
        : this([fault])
    {
    }

    public IReadOnlyCollection<string> Faults { get; }

    // A fault quotes what it is about, line ends included.
    private static string OneLine(string fault) => string.Concat(fault.Select(c => char.IsControl(c) ? ' ' : c));
}
