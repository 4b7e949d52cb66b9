using System.Diagnostics;

namespace CorpSecure.Benchmarks.Load;

/// <summary>What it takes to make eight kilobytes durable on the database's disk.</summary>
internal static class DiskFlush
{
    private const int Count = 1000;

    public static TimeSpan Percentile99(string folder)
    {
        var file = Path.Combine(folder, "flush-probe");
        var block = new byte[8192];
        var times = new TimeSpan[Count];
        using (var handle = File.OpenHandle(file, FileMode.Create, FileAccess.Write))
        {
            for (var i = 0; i < Count; i++)
            {
                var started = Stopwatch.GetTimestamp();
                RandomAccess.Write(handle, block, i * block.Length);
                RandomAccess.FlushToDisk(handle);
                times[i] = Stopwatch.GetElapsedTime(started);
            }
        }

        File.Delete(file);
        Array.Sort(times);
        return times[Count * 99 / 100];
    }
}
