using System.CommandLine;
using CorpSecure.Benchmarks.Commit;
using CorpSecure.Benchmarks.Decide;
using CorpSecure.Benchmarks.Load;

namespace CorpSecure.Benchmarks;

/// <summary>The measurements that judge themselves, and their help text.</summary>
internal static class BenchmarkCommand
{
    private static readonly Option<int> Rounds = new("--rounds")
    {
        Description = "Rounds of each side; the medians over them are what counts.",
        HelpName = "N",
        DefaultValueFactory = _ => 51,
    };

    private static readonly Option<int> Decisions = new("--decisions")
    {
        Description = "Decisions in one round of each side.",
        HelpName = "N",
        DefaultValueFactory = _ => 64 * 20,
    };

    private static readonly Option<int> Callers = new("--callers")
    {
        Description = "Concurrent callers of the committer.",
        HelpName = "N",
        DefaultValueFactory = _ => 256,
    };

    private static readonly Option<double> Bound = new("--bound")
    {
        Description = "Smallest median of committed decisions per row copied that passes, for either way of copying. The product promises 0.5.",
        HelpName = "RATIO",
        DefaultValueFactory = _ => 0.5,
    };

    private static readonly Option<int> LoadRounds = new("--rounds")
    {
        Description = "Rounds over all servers; the medians over them are what counts.",
        HelpName = "N",
        DefaultValueFactory = _ => 3,
    };

    private static readonly Option<int> Seconds = new("--seconds")
    {
        Description = "Length of one stretch of load on one server.",
        HelpName = "N",
        DefaultValueFactory = _ => 5,
    };

    private static readonly Option<int> Connections = new("--connections")
    {
        Description = "Connections that each have one request under way.",
        HelpName = "N",
        DefaultValueFactory = _ => 64,
    };

    private static readonly Option<TimeSpan> Soak = new("--soak")
    {
        Description = "How long to keep the gateway saturated at the end, to see its memory; 00:10:00 is what the product promises.",
        HelpName = "HH:MM:SS",
    };

    private static readonly Argument<string> Driven = new("what") { Description = "read (token bound to a certificate), dpop-read or payment (with DPoP)", HelpName = "read|dpop-read|payment" };

    public static RootCommand Create()
    {
        var commit = new Command("commit", "Decisions committed per second, nonces included, against binary COPY of the same rows in transactions of 64, into the tables and straight into their partitions. Exits 1 when a median ratio is below the bound.")
        {
            Rounds, Decisions, Callers, Bound,
        };
        commit.SetAction((parsed, cancellation) => CommitComparison.RunAsync(
            new CommitOptions(parsed.GetValue(Rounds), parsed.GetValue(Decisions), parsed.GetValue(Callers), parsed.GetValue(Bound)), cancellation));
        var decide = new Command("decide", $"Time and memory of one decision. Exits 1 above {DecideCheck.Limit.TotalMicroseconds} microseconds or {DecideCheck.AllocationLimit} bytes.");
        decide.SetAction(_ => DecideCheck.Run());
        var load = new Command("load", "Throughput, latency and processor time per request of the core alone, a bare YARP proxy, nginx where installed, and CorpSecure, with its behaviour under overload. Exits 1 when a bound is missed.")
        {
            LoadRounds, Seconds, Connections, Soak,
        };
        load.SetAction((parsed, cancellation) => LoadComparison.RunAsync(
            new LoadOptions(parsed.GetValue(LoadRounds), TimeSpan.FromSeconds(parsed.GetValue(Seconds)), parsed.GetValue(Connections), parsed.GetValue(Soak)), cancellation));
        var drive = new Command("drive", "One load on the gateway alone, for a profiler to watch; the first figure is its process id.") { Driven, Seconds, Connections };
        drive.SetAction((parsed, cancellation) => LoadComparison.DriveAsync(
            parsed.GetValue(Driven)!, TimeSpan.FromSeconds(parsed.GetValue(Seconds)), parsed.GetValue(Connections), cancellation));
        var root = new RootCommand(
            """
            Measures CorpSecure. Build with -c Release.

            Any other arguments choose microbenchmarks and go to BenchmarkDotNet, such as --filter '*Decide*' or --list flat.
            """)
        {
            commit, decide, load, drive,
        };
        foreach (var server in ServerModes.All())
            root.Subcommands.Add(server);
        return root;
    }
}
