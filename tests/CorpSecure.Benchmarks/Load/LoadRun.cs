using System.Collections.Concurrent;
using System.Diagnostics;

namespace CorpSecure.Benchmarks.Load;

/// <summary>What came of one stretch of load on one server.</summary>
/// <param name="Latencies">Of the requests that succeeded, ascending.</param>
/// <param name="Shed">Answers 429 and 503.</param>
/// <param name="Processor">Processor time of the server, and of PostgreSQL, over the stretch.</param>
internal sealed record LoadResult(TimeSpan Duration, TimeSpan[] Latencies, int Shed, TimeSpan Processor, TimeSpan Database)
{
    public int Succeeded => Latencies.Length;

    public double PerSecond => Succeeded / Duration.TotalSeconds;

    public double MicrosecondsPerRequest => Processor.TotalMicroseconds / Succeeded;

    public double DatabaseMicrosecondsPerRequest => Database.TotalMicroseconds / Succeeded;

    public TimeSpan Percentile(double share) => Latencies[(int)Math.Min(Latencies.Length - 1, Latencies.Length * share)];
}

/// <summary>Connections that ask one request after another, as many as fit, or at a given pace.</summary>
internal sealed class LoadRun(LoadBed bed, MeasuredServer server, Func<ReadOnlyMemory<byte>> request)
{
    private ConcurrentBag<List<TimeSpan>> latencies = [];
    private int shed;

    /// <param name="perSecond">Over all connections; 0 for as many as fit.</param>
    /// <exception cref="InvalidOperationException">An answer that is neither success nor a refusal for want of room.</exception>
    public async Task<LoadResult> RunAsync(int connections, TimeSpan duration, double perSecond, CancellationToken cancellation)
    {
        (latencies, shed) = ([], 0);
        var opened = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => WireConnection.OpenAsync(server.Port, bed.Certificates, cancellation)));
        try
        {
            // A payment that is refused for want of a nonce would take its connection with it: a read asks for the nonce first.
            bed.Requests.Learn((await opened[0].AskAsync(bed.Requests.ProvenRead(), cancellation)).Nonce);
            var (processor, database) = (server.Time.Read(), bed.Postgres.Read());
            var started = Stopwatch.GetTimestamp();
            await Task.WhenAll(opened.Select((connection, i) => Task.Run(
                () => AskAsync(connection, started, duration, perSecond == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(connections / perSecond), (double)i / connections, cancellation),
                cancellation)));
            var elapsed = Stopwatch.GetElapsedTime(started);
            return new LoadResult(
                elapsed, [.. latencies.SelectMany(each => each).Order()], shed, server.Time.Read() - processor, bed.Postgres.Read() - database);
        }
        finally
        {
            foreach (var connection in opened)
                await connection.DisposeAsync();
        }
    }

    /// <param name="interval">Between the starts of two requests; one that comes late is sent at once, and its lateness counts.</param>
    private async Task AskAsync(WireConnection connection, long started, TimeSpan duration, TimeSpan interval, double phase, CancellationToken cancellation)
    {
        var mine = new List<TimeSpan>();
        var again = false;
        latencies.Add(mine);
        for (var number = 0; ; number++)
        {
            var due = interval * (number + phase);
            if (interval > TimeSpan.Zero)
                await Pace.UntilAsync(started, due, cancellation);
            var message = request();
            var asked = Stopwatch.GetElapsedTime(started);
            if (asked >= duration)
                return;
            var (status, nonce) = await connection.AskAsync(message, cancellation);
            bed.Requests.Learn(nonce);
            // Where the gateway wants a nonce, or a newer one, the request is made again once, and nothing is counted.
            if (status == 401 && nonce is not null && !again)
            {
                again = true;
                continue;
            }

            again = false;
            var took = Stopwatch.GetElapsedTime(started) - (interval > TimeSpan.Zero ? due : asked);
            if (status is 200 or 201)
                mine.Add(took);
            else if (status is 429 or 503)
                Interlocked.Increment(ref shed);
            else
                throw new InvalidOperationException($"{server.Name} answered {status}");
        }
    }
}

internal static class Pace
{
    public static async Task UntilAsync(long started, TimeSpan due, CancellationToken cancellation)
    {
        var wait = due - Stopwatch.GetElapsedTime(started);
        if (wait <= TimeSpan.FromMilliseconds(1))
            return;
        using var timer = new PeriodicTimer(wait);
        await timer.WaitForNextTickAsync(cancellation);
    }
}
