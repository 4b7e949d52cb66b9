namespace CorpSecure.Benchmarks.Load;

/// <summary>The gateway beside what a user would otherwise run, on one machine in one run, in turns.</summary>
internal static class LoadComparison
{
    private const double LightLoad = 100; // requests per second

    public static async Task<int> RunAsync(LoadOptions options, CancellationToken cancellation)
    {
        await using var bed = await LoadBed.StartAsync(cancellation);
        var report = new LoadReport(options);
        report.Machine(bed.Nginx is not null);
        var targets = Targets(bed).ToArray();
        for (var round = -1; round <= options.Rounds; round++)
        {
            for (var turn = 0; turn < targets.Length; turn++)
            {
                var target = targets[(turn + round + 1) % targets.Length];
                var result = await target.Run.RunAsync(options.Connections, options.Stretch, 0, cancellation);
                if (round > 0) // the first two warm up: a proxy that does more has more to compile
                    report.Add(target.Name, result);
            }
        }

        report.Throughput(PublicKeyCost.Measure());
        report.Latency(
            DiskFlush.Percentile99(bed.DatabaseFolder),
            await new LoadRun(bed, bed.Core, bed.Requests.Payment).RunAsync(32, options.Stretch * 3, LightLoad, cancellation),
            await new LoadRun(bed, bed.Gateway, bed.Requests.Payment).RunAsync(32, options.Stretch * 3, LightLoad, cancellation));
        if (options.Soak > TimeSpan.Zero)
            report.Soak(await new LoadRun(bed, bed.Gateway, bed.Requests.Mixed).RunAsync(options.Connections, options.Soak, 0, cancellation));
        report.Memory(bed.Gateway.Time.Memory());
        await OverloadAsync(bed, report, options, cancellation);
        return report.Verdict();
    }

    /// <summary>One load on the gateway alone, for a profiler to watch.</summary>
    public static async Task<int> DriveAsync(string what, TimeSpan duration, int connections, CancellationToken cancellation)
    {
        await using var bed = await LoadBed.StartAsync(cancellation);
        Console.Out.WriteLine($"gateway: process {bed.Gateway.Process.Id}");
        Func<ReadOnlyMemory<byte>> request = what switch
        {
            "payment" => bed.Requests.Payment,
            "dpop-read" => bed.Requests.ProvenRead,
            _ => bed.Requests.Read,
        };
        await new LoadRun(bed, bed.Gateway, request).RunAsync(connections, duration, 0, cancellation); // warms up
        var result = await new LoadRun(bed, bed.Gateway, request).RunAsync(connections, duration, 0, cancellation);
        Console.Out.WriteLine($"{result.PerSecond:0}/s, p50 {result.Percentile(0.5).TotalMilliseconds:0.0} ms, p99 {result.Percentile(0.99).TotalMilliseconds:0.0} ms, "
            + $"{result.MicrosecondsPerRequest:0} us of the gateway, {result.DatabaseMicrosecondsPerRequest:0} us of PostgreSQL, {bed.Gateway.Time.Memory() / 1e6:0} MB");
        return 0;
    }

    private static IEnumerable<(string Name, LoadRun Run)> Targets(LoadBed bed)
    {
        yield return (LoadReport.CoreRead, new LoadRun(bed, bed.Core, bed.Requests.Read));
        yield return (LoadReport.BareRead, new LoadRun(bed, bed.Bare, bed.Requests.Read));
        yield return (LoadReport.GatewayRead, new LoadRun(bed, bed.Gateway, bed.Requests.Read));
        yield return (LoadReport.GatewayProvenRead, new LoadRun(bed, bed.Gateway, bed.Requests.ProvenRead));
        yield return (LoadReport.BarePayment, new LoadRun(bed, bed.Bare, bed.Requests.RecordedPayment));
        yield return (LoadReport.GatewayPayment, new LoadRun(bed, bed.Gateway, bed.Requests.Payment));
        if (bed.Nginx is not { } nginx)
            yield break;
        yield return (LoadReport.NginxRead, new LoadRun(bed, nginx, bed.Requests.Read));
        yield return (LoadReport.NginxPayment, new LoadRun(bed, nginx, bed.Requests.RecordedPayment));
    }

    /// <summary>Many connections that together ask twice of what the gateway was seen to do.</summary>
    private static async Task OverloadAsync(LoadBed bed, LoadReport report, LoadOptions options, CancellationToken cancellation)
    {
        var peak = report.Peak;
        var result = await new LoadRun(bed, bed.Gateway, bed.Requests.Read).RunAsync(1024, options.Stretch * 2, 2 * peak, cancellation);
        report.Overload(peak, result);
    }
}
