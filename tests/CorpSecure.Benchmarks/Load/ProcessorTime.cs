using System.Globalization;

namespace CorpSecure.Benchmarks.Load;

/// <summary>Processor time of a process and, where asked, of its children, as the kernel counts it.</summary>
internal sealed class ProcessorTime(int processId, bool withChildren)
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux

    /// <summary>User and system time so far, of children that have ended as well.</summary>
    public TimeSpan Read()
    {
        var ticks = Ticks(processId, withChildren);
        if (withChildren)
        {
            foreach (var folder in Directory.EnumerateDirectories("/proc"))
            {
                if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && Field(id, 4) == processId)
                    ticks += Ticks(id, withEnded: false);
            }
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    /// <summary>Resident memory in bytes.</summary>
    public long Memory() => Field(processId, 24) * Environment.SystemPageSize;

    private static long Ticks(int id, bool withEnded) => Field(id, 14) + Field(id, 15) + (withEnded ? Field(id, 16) + Field(id, 17) : 0);

    /// <summary>A numeric field of <c>/proc/ID/stat</c>, numbered from 1 as in proc(5); 0 for a process that is gone.</summary>
    private static long Field(int id, int number)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            // The name in parentheses may itself hold spaces; what follows it begins with field 3.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
