namespace CorpSecure.Cli.Profiles;

/// <summary>Files only their owner can read, from the first byte on: the mode is given at creation, never changed afterwards.</summary>
internal static class PrivateFile
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;

    /// <summary>Replaces the file in one step, so that another corpsec reads the old text or the new one.</summary>
    public static void Write(string path, string text)
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        var fresh = $"{path}.{Environment.ProcessId}.new";
        File.Delete(fresh);
        using (var stream = new FileStream(fresh, Options()))
        using (var writer = new StreamWriter(stream))
        {
            writer.Write(text);
        }
        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Writes a file that was not there; one that is there stays as it is.</summary>
    /// <exception cref="IOException">It is there already.</exception>
    public static void WriteNew(string path, string text)
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        using var stream = new FileStream(path, Options());
        using var writer = new StreamWriter(stream);
        writer.Write(text);
    }

    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            // A user's folders on Windows are closed to others by inheritance.
            Directory.CreateDirectory(path);
            return;
        }
        Directory.CreateDirectory(path, FolderMode);
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = System.IO.FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode;
        }
        return options;
    }
}
