using System.Security.Cryptography;

namespace CorpSecure.Fuzzing.Running;

/// <summary>The inputs of a target that are kept: examples of the standards, and all that ever broke it.</summary>
public static class Corpus
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Folder(FuzzTarget target) => Path.Combine(Root, "tests", "CorpSecure.Fuzzing", "Corpus", target.Name);

    public static IReadOnlyList<byte[]> Of(FuzzTarget target) =>
        [.. Directory.EnumerateFiles(Folder(target)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes), .. target.Seeds];

    /// <returns>Where it now stands, to be replayed from then on.</returns>
    public static string Keep(FuzzTarget target, byte[] input)
    {
        var file = Path.Combine(Folder(target), $"found-{Convert.ToHexStringLower(SHA256.HashData(input))[..12]}");
        File.WriteAllBytes(file, input);
        return file;
    }

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new DirectoryNotFoundException("not below a folder with CorpSecure.sln"),
        _ when File.Exists(Path.Combine(folder.FullName, "CorpSecure.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
