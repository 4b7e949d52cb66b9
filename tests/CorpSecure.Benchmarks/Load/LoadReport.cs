namespace CorpSecure.Benchmarks.Load;

/// <summary>Prints what was measured, and judges it.</summary>
internal sealed class LoadReport(LoadOptions options)
{
    public const string CoreRead = "core alone, read";
    public const string BareRead = "bare YARP, read";
    public const string NginxRead = "nginx, read";
    public const string GatewayRead = "CorpSecure, read";
    public const string GatewayProvenRead = "CorpSecure, DPoP read";
    public const string BarePayment = "bare YARP, payment";
    public const string NginxPayment = "nginx, payment";
    public const string GatewayPayment = "CorpSecure, DPoP payment";

    private readonly Dictionary<string, List<LoadResult>> results = [];
    private bool missed;

    public double Peak => Median.Of(results[GatewayRead].Select(result => result.PerSecond));

    public void Machine(bool nginx)
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1] ?? "unknown processor";
        Say($"{processor}, {Environment.ProcessorCount} cores, .NET {Environment.Version}{(nginx ? "" : ", no nginx installed")}; "
            + $"{options.Rounds} rounds of {options.Stretch.TotalSeconds:0} s on each server, {options.Connections} connections, TLS 1.3 on both sides");
    }

    public void Add(string name, LoadResult result)
    {
        if (!results.TryGetValue(name, out var list))
            results[name] = list = [];
        list.Add(result);
        if (result.Shed > 0)
            throw new InvalidOperationException($"{name}: {result.Shed} requests were refused for want of room");
    }

    public void Throughput(PublicKeyCost cost)
    {
        Say($"\n{"",-28} {"requests/s",10} {"p50 ms",8} {"p99 ms",8} {"CPU us",8} {"database us",12}");
        foreach (var (name, list) in results.OrderBy(entry => entry.Key.EndsWith("payment", StringComparison.Ordinal)))
        {
            Say($"{name,-28} {Of(list, r => r.PerSecond),10:0} {Of(list, r => r.Percentile(0.5).TotalMilliseconds),8:0.0} {Of(list, r => r.Percentile(0.99).TotalMilliseconds),8:0.0} "
                + $"{Of(list, r => r.MicrosecondsPerRequest),8:0} {Of(list, r => r.DatabaseMicrosecondsPerRequest),12:0}");
        }

        Say("");
        var read = Of(results[GatewayRead], r => r.MicrosecondsPerRequest) / Of(results[BareRead], r => r.MicrosecondsPerRequest);
        Judge($"read, token bound to the certificate: {read:0.00} x the processor time of the bare proxy", read <= LoadBounds.Read, $"at most {LoadBounds.Read:0.0}");
        var proven = (Of(results[GatewayProvenRead], r => r.MicrosecondsPerRequest) - cost.VerifyMicroseconds) / Of(results[BareRead], r => r.MicrosecondsPerRequest);
        Judge($"read with DPoP: {proven:0.00} x the bare proxy's, beside the {cost.VerifyMicroseconds:0} us of verifying its proof", proven <= LoadBounds.Read, $"at most {LoadBounds.Read:0.0}");
        // The proof and the signature are verified, and the assertion to the core is made.
        var keys = cost.SignMicroseconds + 2 * cost.VerifyMicroseconds;
        var bare = Of(results[BarePayment], r => r.MicrosecondsPerRequest);
        var payment = (Of(results[GatewayPayment], r => r.MicrosecondsPerRequest) - keys) / bare;
        Judge(
            $"signed payment: {payment:0.00} x the bare proxy's, beside public-key operations of {keys:0} us (two ES256 verified, {cost.VerifyMicroseconds:0} each, one made {cost.SignMicroseconds:0})",
            payment <= LoadBounds.Payment,
            $"at most {LoadBounds.Payment:0.0}");
    }

    public void Latency(TimeSpan flush, LoadResult core, LoadResult gateway)
    {
        var added = gateway.Percentile(0.99) - core.Percentile(0.99);
        var bound = LoadBounds.AddedLatency + 2 * flush;
        Judge(
            $"light load, signed payments: p50 {gateway.Percentile(0.5).TotalMilliseconds:0.0} ms, p99 {gateway.Percentile(0.99).TotalMilliseconds:0.0} ms; added at p99 {added.TotalMilliseconds:0.0} ms",
            added <= bound,
            $"at most {bound.TotalMilliseconds:0.0} ms: 10 ms and twice a durable write's p99 of {flush.TotalMilliseconds:0.0} ms");
    }

    public void Overload(double peak, LoadResult result)
    {
        var share = result.PerSecond / peak;
        Judge(
            $"overload: {2 * peak:0}/s asked, {result.PerSecond:0}/s completed, {result.Shed / result.Duration.TotalSeconds:0}/s shed; {share:P0} of the peak",
            share >= LoadBounds.Overload,
            $"at least {LoadBounds.Overload:P0}");
    }

    public void Soak(LoadResult result) =>
        Say($"        saturated for {result.Duration}: {result.PerSecond:0}/s, p99 {result.Percentile(0.99).TotalMilliseconds:0} ms, {result.Shed} shed");

    public void Memory(long bytes) =>
        Judge($"memory of the gateway after all that saturation: {bytes / 1e6:0} MB", bytes < LoadBounds.Memory, $"under {LoadBounds.Memory / 1e6:0} MB");

    /// <returns>The exit code.</returns>
    public int Verdict()
    {
        Say(missed ? "\nat least one bound is missed" : "\nevery bound holds");
        return missed ? 1 : 0;
    }

    private void Judge(string what, bool holds, string bound)
    {
        missed |= !holds;
        Say($"{(holds ? "ok" : "MISSED"),-7} {what} ({bound})");
    }

    private static double Of(List<LoadResult> list, Func<LoadResult, double> figure) => Median.Of(list.Select(figure));

    private static void Say(string text) => Console.Out.WriteLine(text);
}
