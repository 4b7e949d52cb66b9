using CorpSecure.DevHost.Processes;

namespace CorpSecure.Acceptance.Tests;

/// <summary>The programs under test, as the build left them.</summary>
internal static class SourceTree
{
    private static readonly DirectoryInfo Own = new(AppContext.BaseDirectory.TrimEnd('/'));

    public static string Root { get; } = Own.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    public static BuildOutput Build { get; } = new(Path.Combine(Root, "src", "CorpSecure.DevHost", "bin", Own.Parent!.Name, Own.Name));

    public static string DevHost => Path.Combine(Build.OwnDirectory, "CorpSecure.DevHost.dll");

    public static string Corpsec => Build.Assembly("CorpSecure.Cli", "corpsec");
}
