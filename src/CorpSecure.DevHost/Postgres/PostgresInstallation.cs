using System.Globalization;
using System.Text.RegularExpressions;
using CorpSecure.DevHost.Processes;

namespace CorpSecure.DevHost.Postgres;

/// <summary>The programs of one installed PostgreSQL.</summary>
public sealed partial record PostgresInstallation(string BinDirectory, int MajorVersion)
{
    public const int OldestSupported = 15;

    private const string DebianRoot = "/usr/lib/postgresql";

    public string Server => Path.Combine(BinDirectory, "postgres");

    public string InitDb => Path.Combine(BinDirectory, "initdb");

    /// <summary>Finds a supported PostgreSQL, and installs one where that is possible without asking.</summary>
    public static async Task<PostgresInstallation> FindOrInstallAsync(Action<string> say, CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is { } found)
            return found;
        await PostgresInstaller.InstallAsync(say, cancellation);
        return await FindAsync(cancellation)
            ?? throw new PostgresMissingException($"PostgreSQL was installed but is not version {OldestSupported} or newer. {PostgresInstaller.Advice()}");
    }

    /// <summary>PATH first, as the user arranged it, then the distribution's versioned folders, newest first.</summary>
    public static async Task<PostgresInstallation?> FindAsync(CancellationToken cancellation)
    {
        foreach (var directory in Candidates())
        {
            if (await AtAsync(directory, cancellation) is { MajorVersion: >= OldestSupported } found)
                return found;
        }
        return null;
    }

    private static IEnumerable<string> Candidates()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        var versioned = Directory.Exists(DebianRoot) ? Directory.GetDirectories(DebianRoot) : [];
        return path.Concat(versioned
            .OrderByDescending(directory => double.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(directory => Path.Combine(directory, "bin")));
    }

    /// <summary>The installation whose programs lie in a folder; null when there is none.</summary>
    internal static async Task<PostgresInstallation?> AtAsync(string directory, CancellationToken cancellation)
    {
        var installation = new PostgresInstallation(directory, 0);
        if (!IsThere(installation.Server) || !IsThere(installation.InitDb))
            return null;
        var result = await new Command(installation.Server, "--version").RunAsync(cancellation);
        var version = Version().Match(result.Output);
        return version.Success ? installation with { MajorVersion = int.Parse(version.Groups[1].Value) } : null;
    }

    // A removed package can leave links behind, and a link exists even when what it names does not.
    private static bool IsThere(string file) => File.Exists(file) && File.ResolveLinkTarget(file, returnFinalTarget: true) is not { Exists: false };

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex Version();
}
