using System.Security.Cryptography;
using System.Text;
using CorpSecure.DevHost.Processes;

namespace CorpSecure.DevHost.Postgres;

/// <summary>
/// The folders of one cluster. `data` and `run` belong to the account PostgreSQL runs as; that account must also be able
/// to reach them, which it cannot below, say, /root. Such a cluster lives in /var/tmp, and a pointer file says where.
/// </summary>
internal sealed class ClusterHome
{
    private const string Fallback = "/var/tmp";

    // sockaddr_un holds 107 characters and the terminating zero.
    private const int LongestSocketPath = 107;

    private ClusterHome(string root, OsAccount? account) => (Root, Account) = (root, account);

    public string Root { get; }

    public OsAccount? Account { get; }

    public string Data => Path.Combine(Root, "data");

    public string Run => Path.Combine(Root, "run");

    public string Log => Path.Combine(Run, "server.log");

    public string PasswordFile => Path.Combine(Root, "admin.password");

    public bool IsInitialised => File.Exists(Path.Combine(Data, "PG_VERSION"));

    public static ClusterHome Temporary()
    {
        return Lay(LeftoverClusters.Make("corpsecure-pg-"), OsAccount.ForPostgres());
    }

    public static async Task<ClusterHome> AtAsync(string directory, Action<string> say, CancellationToken cancellation)
    {
        directory = Path.GetFullPath(directory);
        Directory.CreateDirectory(directory);
        var account = OsAccount.ForPostgres();
        var pointer = PointerIn(directory);
        if (File.Exists(pointer))
            return Lay((await File.ReadAllTextAsync(pointer, cancellation)).Trim(), account);

        if (account is null || await IsReachableAsync(directory, account, cancellation))
            return Lay(directory, account);

        // The name is unguessable, so nobody else can have put a folder of theirs there.
        var root = Path.Combine(Fallback, $"corpsecure-{Digest(directory)}-{RandomNumberGenerator.GetHexString(16, lowercase: true)}");
        say($"The account `{account.Name}`, which runs PostgreSQL here, cannot reach {directory}; the database lives in {root} instead.");
        await File.WriteAllTextAsync(pointer, root + "\n", cancellation);
        return Lay(root, account);
    }

    /// <summary>Deletes a cluster's folder and, when pieces of it live elsewhere, those too.</summary>
    public static void Delete(string directory)
    {
        foreach (var pointer in new[] { PointerIn(directory), SocketPointerIn(directory) }.Where(File.Exists))
        {
            if (File.ReadAllText(pointer).Trim() is var elsewhere && Directory.Exists(elsewhere))
                Delete(elsewhere);
        }
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }

    /// <summary>Where the socket goes: `run`, or a short folder of the temporary directory when the path would be too long.</summary>
    public string SocketDirectory(int port)
    {
        if (Path.Combine(Run, $".s.PGSQL.{port}.lock").Length <= LongestSocketPath)
            return Run;
        var pointer = SocketPointerIn(Root);
        if (File.Exists(pointer) && File.ReadAllText(pointer).Trim() is var known && Directory.Exists(known))
            return known;
        var made = Directory.CreateTempSubdirectory("corpsecure-").FullName;
        Own(made);
        File.WriteAllText(pointer, made + "\n");
        return made;
    }

    /// <summary>Deletes the cluster, wherever its pieces lie.</summary>
    public void Delete() => Delete(Root);

    /// <summary>Writes a file that only the server's account can read.</summary>
    public async Task WritePrivateAsync(string path, string text, CancellationToken cancellation)
    {
        await PrivateFile.WriteAsync(path, text, cancellation);
        if (Account is not null)
            Posix.GiveTo(path, Account.User, Account.Group);
    }

    private static ClusterHome Lay(string root, OsAccount? account)
    {
        var home = new ClusterHome(root, account);
        Directory.CreateDirectory(root);
        File.SetUnixFileMode(root, account is null ? Modes.Private : Modes.Traversable);
        home.Own(home.Data);
        home.Own(home.Run);
        return home;
    }

    private static string PointerIn(string directory) => Path.Combine(directory, "location");

    private static string SocketPointerIn(string directory) => Path.Combine(directory, "socket.location");

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];

    private static async Task<bool> IsReachableAsync(string directory, OsAccount account, CancellationToken cancellation)
    {
        File.SetUnixFileMode(directory, Modes.Traversable);
        var attempt = new Command("sh", "-c", "cd \"$1\"", "sh", directory) { Account = account };
        return (await attempt.RunAsync(cancellation)).ExitCode == 0;
    }

    private void Own(string directory)
    {
        Directory.CreateDirectory(directory);
        File.SetUnixFileMode(directory, Modes.Private);
        if (Account is not null)
            Posix.GiveTo(directory, Account.User, Account.Group);
    }
}
