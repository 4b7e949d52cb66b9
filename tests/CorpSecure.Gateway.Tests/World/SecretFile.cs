namespace CorpSecure.Gateway.Tests.World;

/// <summary>Files as keys are kept: for their owner only.</summary>
public static class SecretFile
{
    public static void Write(string file, string text)
    {
        File.Delete(file);
        using var writer = new StreamWriter(new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }));
        writer.Write(text);
    }
}
