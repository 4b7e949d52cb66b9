using CorpSecure.DevHost.Demo;

namespace CorpSecure.DevHost.Containers;

/// <summary>
/// A container gets its configuration and the files that this names, and no others: what a configuration asks for is noted,
/// then copied. Only the owner reads them, and nobody writes them.
/// </summary>
internal sealed class VolumeFiles(Volumes volumes) : PartFiles(volumes.Root)
{
    private const UnixFileMode OwnerReads = UnixFileMode.UserRead;

    private readonly HashSet<(string Part, string File)> noted = [];

    public override string ConfigurationOf(string part) => Path.Combine(volumes.Of(part), part + ".json");

    public override string SeenBy(string part, string file)
    {
        noted.Add((part, file));
        return $"{Volumes.Mount}/{Path.GetFileName(file)}";
    }

    public async Task CopyAsync(CancellationToken cancellation)
    {
        foreach (var (part, file) in noted)
            await WriteAsync(part, Path.GetFileName(file), await File.ReadAllTextAsync(file, cancellation), cancellation);
        foreach (var part in noted.Select(each => each.Part).Distinct().Where(part => File.Exists(ConfigurationOf(part))))
            File.SetUnixFileMode(ConfigurationOf(part), OwnerReads);
    }

    public Task WriteAsync(string part, string name, string text, CancellationToken cancellation) =>
        PrivateFile.WriteAsync(Path.Combine(volumes.Of(part), name), text, cancellation, OwnerReads);
}
