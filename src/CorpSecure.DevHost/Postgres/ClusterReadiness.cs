using System.Globalization;
using CorpSecure.DevHost.Processes;

namespace CorpSecure.DevHost.Postgres;

/// <summary>Reads the server's state from `postmaster.pid`, where it writes it, rather than from failing connections.</summary>
internal static class ClusterReadiness
{
    private const int StatusLine = 7;
    private const int LinesOfLastWords = 12;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>True when ready; false when it ended or the time is up.</summary>
    public static async Task<bool> WaitAsync(TetheredProcess postmaster, ClusterHome home, TimeSpan limit, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < limit)
        {
            if (postmaster.HasExited)
                return false;
            var lines = await PidFileAsync(home, cancellation);
            if (lines.Length > StatusLine && lines[0] == postmaster.Id.ToString() && lines[StatusLine].Trim() == "ready")
                return true;
            await Task.Delay(Pause, time, cancellation);
        }
        return false;
    }

    /// <summary>A server whose owner was killed is still shutting down for a moment.</summary>
    public static async Task WaitForPredecessorAsync(ClusterHome home, TimeSpan limit, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (await RunningAsync(home, cancellation) is { } processId)
        {
            if (time.GetElapsedTime(started) > limit)
                throw new InvalidOperationException($"Another PostgreSQL (process {processId}) runs on {home.Data}.");
            await Task.Delay(Pause, time, cancellation);
        }
    }

    public static string LastWords(ClusterHome home) =>
        File.Exists(home.Log) ? string.Join('\n', File.ReadLines(home.Log).TakeLast(LinesOfLastWords)) : "(nothing)";

    private static async Task<int?> RunningAsync(ClusterHome home, CancellationToken cancellation)
    {
        var lines = await PidFileAsync(home, cancellation);
        if (lines.Length == 0 || !int.TryParse(lines[0], CultureInfo.InvariantCulture, out var processId))
            return null;
        var name = $"/proc/{processId}/comm";
        try
        {
            return (await File.ReadAllTextAsync(name, cancellation)).StartsWith("postgres", StringComparison.Ordinal) ? processId : null;
        }
        catch (IOException)
        {
            return null; // The process is gone.
        }
    }

    private static async Task<string[]> PidFileAsync(ClusterHome home, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllLinesAsync(Path.Combine(home.Data, "postmaster.pid"), cancellation);
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }
}
