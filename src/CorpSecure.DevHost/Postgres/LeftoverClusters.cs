using System.Globalization;

namespace CorpSecure.DevHost.Postgres;

/// <summary>Temporary clusters whose owner was killed before it could delete them.</summary>
internal static class LeftoverClusters
{
    private const string OwnerFile = "owner";

    public static string Make(string prefix)
    {
        foreach (var left in Directory.EnumerateDirectories(Path.GetTempPath(), prefix + "*").Where(IsLeft))
            TryDelete(left);
        var made = Directory.CreateTempSubdirectory(prefix).FullName;
        File.WriteAllText(Path.Combine(made, OwnerFile), Environment.ProcessId.ToString());
        return made;
    }

    private static bool IsLeft(string directory)
    {
        try
        {
            var owner = Path.Combine(directory, OwnerFile);
            return File.Exists(owner) && int.TryParse(File.ReadAllText(owner), CultureInfo.InvariantCulture, out var processId) && !Lives(processId) && !ServerLives(directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // Another process deletes it, or it is another user's.
        }
    }

    private static bool ServerLives(string directory)
    {
        var pidFile = Path.Combine(directory, "data", "postmaster.pid");
        return File.Exists(pidFile) && int.TryParse(File.ReadLines(pidFile).FirstOrDefault(), CultureInfo.InvariantCulture, out var processId) && Lives(processId);
    }

    private static bool Lives(int processId) => Directory.Exists($"/proc/{processId}");

    private static void TryDelete(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return; // Another process was faster, or will be.
        }
    }
}
