namespace CorpSecure.Benchmarks.Load;

/// <param name="Rounds">Rounds over all servers; medians over them are what counts.</param>
/// <param name="Stretch">One stretch of load on one server.</param>
/// <param name="Soak">How long to keep the gateway saturated at the end; zero leaves it out.</param>
internal sealed record LoadOptions(int Rounds, TimeSpan Stretch, int Connections, TimeSpan Soak);

/// <summary>What the product promises, each as a ratio or a sum of what the same run measured.</summary>
internal static class LoadBounds
{
    /// <summary>A read with its durable decision, over the same read through the bare proxy.</summary>
    public const double Read = 2.0;

    /// <summary>A signed payment, without its public-key operations, over the same payment through the bare proxy.</summary>
    public const double Payment = 2.5;

    /// <summary>Added at light load at the 99th percentile, beside two writes to disk.</summary>
    public static readonly TimeSpan AddedLatency = TimeSpan.FromMilliseconds(10);

    /// <summary>Of the peak throughput, completed while twice as much is asked for.</summary>
    public const double Overload = 0.8;

    public const long Memory = 400L * 1000 * 1000;
}
