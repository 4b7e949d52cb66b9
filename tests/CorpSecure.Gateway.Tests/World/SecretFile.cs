namespace CorpSecure.Gateway.Tests.World;

/// <summary>Files as keys are kept: for their owner only.</summary>
public static class SecretFile
{
    public static void Write(string file, string text)
    {
        File.Delete(file);
        File.WriteAllText(file, text);
        Open(file, 0b110_000_000);
    }

    public static void Open(string file, int mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, (UnixFileMode)mode);
    }
}
