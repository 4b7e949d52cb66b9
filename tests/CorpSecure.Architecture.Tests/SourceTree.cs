namespace CorpSecure.Architecture.Tests;

/// <summary>A repository's files as they were written; what a build adds is left out.</summary>
internal sealed class SourceTree(string root) : IDisposable
{
    private static readonly string[] Built = ["bin", "obj", "TestResults", "node_modules"];

    private readonly bool temporary = root.StartsWith(Path.GetTempPath(), StringComparison.Ordinal);

    public string Root => root;

    public static SourceTree OfThisRepository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "CorpSecure.sln")))
            directory = directory.Parent ?? throw new DirectoryNotFoundException("CorpSecure.sln");
        return new SourceTree(directory.FullName);
    }

    public static SourceTree OfSamples(IEnumerable<(string Path, string Text)> files)
    {
        var tree = new SourceTree(Directory.CreateTempSubdirectory("corpsecure-architecture-").FullName);
        foreach (var (path, text) in files)
        {
            var file = Path.Combine(tree.Root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        return tree;
    }

    /// <summary>Paths relative to the root, with forward slashes.</summary>
    public IEnumerable<string> Files(string folder, string extension) => Directory.Exists(Path.Combine(root, folder))
        ? Directory.EnumerateFiles(Path.Combine(root, folder), "*" + extension, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(Built.Contains))
            .Order(StringComparer.Ordinal)
        : [];

    /// <summary>Source files, without those that a tool has written.</summary>
    public IEnumerable<string> Sources(params string[] folders) =>
        folders.SelectMany(folder => Files(folder, ".cs")).Where(file => !file.Contains("/Migrations/"));

    /// <summary>Source files in which a word counts: this project's own rules name what they forbid.</summary>
    public IEnumerable<string> Worded(params string[] folders) =>
        Sources(folders).Where(file => !file.StartsWith("tests/CorpSecure.Architecture.Tests/", StringComparison.Ordinal));

    public string Read(string file) => File.ReadAllText(Path.Combine(root, file));

    public string[] Lines(string file) => File.ReadAllLines(Path.Combine(root, file));

    public void Dispose()
    {
        if (temporary)
            Directory.Delete(root, recursive: true);
    }
}
