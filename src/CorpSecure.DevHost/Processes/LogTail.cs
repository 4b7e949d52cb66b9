namespace CorpSecure.DevHost.Processes;

/// <summary>The last lines of a log, each cut to what a screen can show.</summary>
internal static class LogTail
{
    private const int Lines = 15;
    private const int Width = 400;

    public static string Of(string file)
    {
        if (!File.Exists(file))
            return "(nothing)";
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var tail = new Queue<string>();
        while (reader.ReadLine() is { } line)
        {
            if (tail.Count == Lines)
                tail.Dequeue();
            tail.Enqueue("    " + (line.Length > Width ? line[..Width] + " ..." : line));
        }
        return tail.Count == 0 ? "(nothing)" : string.Join('\n', tail);
    }
}
