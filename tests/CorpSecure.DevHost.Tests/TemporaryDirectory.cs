namespace CorpSecure.DevHost.Tests;

internal sealed class TemporaryDirectory : IDisposable
{
    // 0711: the account that runs PostgreSQL passes through.
    public TemporaryDirectory() => System.IO.File.SetUnixFileMode(Path, (UnixFileMode)0b111_001_001);

    public string Path { get; } = Directory.CreateTempSubdirectory("corpsecure-test-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
