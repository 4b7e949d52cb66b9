using CorpSecure.DevHost.Processes;

namespace CorpSecure.DevHost.Postgres;

/// <summary>Installs PostgreSQL from the distribution, or says what to type.</summary>
internal static class PostgresInstaller
{
    // The package would make and start a cluster of its own; only the programs are wanted. The drop-in leaves with us.
    // One installation at a time: test projects run side by side, and apt does not wait for its list lock.
    private const string Script = """
        set -e
        dropin=/etc/postgresql-common/createcluster.d/corpsecure.conf
        mkdir -p /etc/postgresql-common/createcluster.d
        echo 'create_main_cluster = false' > "$dropin"
        trap 'rm -f "$dropin"' EXIT
        apt-get update -qq
        apt-get install -y -qq -o DPkg::Lock::Timeout=300 --no-install-recommends postgresql
        """;

    public static async Task InstallAsync(Action<string> say, CancellationToken cancellation)
    {
        if (!Environment.IsPrivilegedProcess || !IsDebianLike())
            throw new PostgresMissingException($"No PostgreSQL {PostgresInstallation.OldestSupported} or newer was found. {Advice()}");

        say("PostgreSQL is not installed; installing it with apt-get ...");
        var result = await new Command("flock", "/var/lib/dpkg", "sh", "-c", Script)
        {
            Environment = new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" },
        }.RunAsync(cancellation);
        if (result.ExitCode != 0)
            throw new PostgresMissingException($"PostgreSQL could not be installed:\n{result.Output}\n{Advice()}");
    }

    /// <summary>The exact command for this system, and the two ways to name a PostgreSQL that is elsewhere.</summary>
    public static string Advice()
    {
        var sudo = Environment.IsPrivilegedProcess ? "" : "sudo ";
        var command = Family() switch
        {
            var family when family.Contains("debian") || family.Contains("ubuntu") => $"{sudo}apt-get update && {sudo}apt-get install --yes postgresql",
            var family when family.Contains("fedora") || family.Contains("rhel") => $"{sudo}dnf install --assumeyes postgresql-server postgresql-contrib",
            var family when family.Contains("suse") => $"{sudo}zypper --non-interactive install postgresql-server",
            var family when family.Contains("arch") => $"{sudo}pacman -S --noconfirm postgresql",
            var family when family.Contains("alpine") => $"{sudo}apk add postgresql util-linux",
            _ => null,
        };
        var other = "or name a server with --postgres or CORPSECURE_POSTGRES (an Npgsql connection string of an administrator)";
        return command is null ? $"Install PostgreSQL, {other}." : $"Install it, {other}:\n\n    {command}\n";
    }

    private static bool IsDebianLike() => Family().Contains("debian") && File.Exists("/usr/bin/apt-get");

    private static HashSet<string> Family()
    {
        const string release = "/etc/os-release";
        if (!File.Exists(release))
            return [];
        return File.ReadLines(release)
            .Where(line => line.StartsWith("ID=", StringComparison.Ordinal) || line.StartsWith("ID_LIKE=", StringComparison.Ordinal))
            .SelectMany(line => line[(line.IndexOf('=') + 1)..].Trim('"').Split(' '))
            .ToHashSet();
    }
}
