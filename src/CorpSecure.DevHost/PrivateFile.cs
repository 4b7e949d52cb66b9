namespace CorpSecure.DevHost;

/// <summary>Files only their owner can read: 0600 from the moment they exist, and replaced in one step.</summary>
internal static class PrivateFile
{
    public static async Task WriteAsync(string path, string text, CancellationToken cancellation, UnixFileMode mode = Modes.PrivateFile)
    {
        var next = path + ".next";
        File.Delete(next);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
            UnixCreateMode = mode,
        };
        await using (var stream = new FileStream(next, options))
        await using (var writer = new StreamWriter(stream))
        {
            await writer.WriteAsync(text.AsMemory(), cancellation);
            await writer.FlushAsync(cancellation);
            stream.Flush(flushToDisk: true);
        }
        File.Move(next, path, overwrite: true);
    }

    /// <summary>Reads the file, or makes it with what <paramref name="make"/> gives: the way every secret survives a second start.</summary>
    public static async Task<string> ReadOrMakeAsync(string path, Func<string> make, CancellationToken cancellation)
    {
        if (File.Exists(path))
            return (await File.ReadAllTextAsync(path, cancellation)).TrimEnd('\n');
        var text = make();
        await WriteAsync(path, text + "\n", cancellation);
        return text;
    }
}
