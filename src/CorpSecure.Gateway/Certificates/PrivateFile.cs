namespace CorpSecure.Gateway.Certificates;

/// <summary>Keys and tokens lie where others cannot read them.</summary>
public static class PrivateFile
{
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <returns>Null when it is private. Its group may read it, as a mounted secret's group does, and may not write it.</returns>
    public static string? Fault(string file)
    {
        if (OperatingSystem.IsWindows())
            return null;
        var target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file; // a link's own mode says nothing
        var mode = File.GetUnixFileMode(target);
        if ((mode & (Others | UnixFileMode.GroupWrite)) == UnixFileMode.None)
            return null;
        return $"is open to others (mode {Convert.ToString((int)mode, 8)}); chmod 600 {target}, or 640 for its group";
    }
}
