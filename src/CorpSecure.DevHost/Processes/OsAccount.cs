namespace CorpSecure.DevHost.Processes;

/// <summary>An operating system account that root steps down to.</summary>
public sealed record OsAccount(string Name, uint User, uint Group)
{
    public IReadOnlyList<string> SetprivOptions =>
        [$"--reuid={User}", $"--regid={Group}", "--clear-groups"];

    /// <summary>The account PostgreSQL runs as: none but our own, unless we are root, which PostgreSQL refuses.</summary>
    public static OsAccount? ForPostgres()
    {
        if (!Environment.IsPrivilegedProcess)
            return null;
        return Find("postgres") ?? Find("nobody")
            ?? throw new InvalidOperationException("PostgreSQL refuses to run as root, and this system has neither an account `postgres` nor `nobody`.");
    }

    private static OsAccount? Find(string name)
    {
        foreach (var line in File.ReadLines("/etc/passwd"))
        {
            var fields = line.Split(':');
            if (fields.Length >= 4 && fields[0] == name)
                return new OsAccount(name, uint.Parse(fields[2]), uint.Parse(fields[3]));
        }
        return null;
    }
}
