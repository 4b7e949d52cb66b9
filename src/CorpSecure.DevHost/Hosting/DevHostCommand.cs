using System.CommandLine;

namespace CorpSecure.DevHost.Hosting;

/// <summary>The options and their help text.</summary>
internal static class DevHostCommand
{
    private static readonly Option<DirectoryInfo> Data = new("--data")
    {
        Description = "Where database, keys, certificates and logs live; used again on the next start.",
        HelpName = "DIR",
        DefaultValueFactory = _ => new DirectoryInfo(".data"),
    };

    private static readonly Option<bool> Reset = new("--reset")
    {
        Description = "Delete what an earlier run left in the data directory (with --postgres: also the database 'corpsecure' there) and begin anew.",
    };

    private static readonly Option<int> PortOffset = new("--port-offset")
    {
        Description = "Add N to every port, to run beside another system.",
        HelpName = "N",
    };

    private static readonly Option<bool> Tour = new("--tour")
    {
        Description = "Play the demo's story against the running system, print what was decided and why, and exit 0 only if all is as expected.",
    };

    private static readonly Option<string?> Postgres = new("--postgres")
    {
        Description = "Use this PostgreSQL 15 or newer, by an administrator's Npgsql connection string, instead of a private one (also: CORPSECURE_POSTGRES).",
        HelpName = "CONNECTION",
    };

    public static RootCommand Create(Func<DevHostOptions, Task<int>> run)
    {
        var root = new RootCommand(
            """
            Runs the whole of CorpSecure on this machine with demo data: a private PostgreSQL, the gateway, both identity servers and a simulated core bank. Everything binds to loopback and ends with this command.

            Exit codes: 0 stopped as asked, 1 a part crashed, 3 PostgreSQL is missing, 78 something must be set right first.
            """)
        {
            Data, Reset, PortOffset, Tour, Postgres,
        };
        root.SetAction((parsed, _) => run(new DevHostOptions(parsed.GetValue(Data)!.FullName)
        {
            Reset = parsed.GetValue(Reset),
            PortOffset = parsed.GetValue(PortOffset),
            Tour = parsed.GetValue(Tour),
            Postgres = parsed.GetValue(Postgres),
        }));
        return root;
    }
}
