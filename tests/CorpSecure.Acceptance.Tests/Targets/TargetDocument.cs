using System.Text.Json;
using CorpSecure.DevHost.Demo;

namespace CorpSecure.Acceptance.Tests.Targets;

/// <summary>Reads a <c>demo.json</c>; relative paths in it are relative to it.</summary>
internal static class TargetDocument
{
    public static DemoDocument Read(string file)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(file))!;
        return JsonSerializer.Deserialize<DemoDocument>(File.ReadAllText(file), JsonSerializerOptions.Web)!.WithPaths(path => Path.Combine(directory, path));
    }
}
