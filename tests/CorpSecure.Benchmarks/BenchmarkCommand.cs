using System.CommandLine;
using CorpSecure.Benchmarks.Commit;
using CorpSecure.Benchmarks.Decide;

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
        Description = "Smallest median of committed decisions per row copied that passes. The product promises 0.5.",
        HelpName = "RATIO",
        DefaultValueFactory = _ => 0.5,
    };

    public static RootCommand Create()
    {
        var commit = new Command("commit", "Decisions committed per second, nonces included, against binary COPY of the same rows in transactions of 64. Exits 1 when the median ratio is below the bound.")
        {
            Rounds, Decisions, Callers, Bound,
        };
        commit.SetAction((parsed, cancellation) => CommitComparison.RunAsync(
            new CommitOptions(parsed.GetValue(Rounds), parsed.GetValue(Decisions), parsed.GetValue(Callers), parsed.GetValue(Bound)), cancellation));
        var decide = new Command("decide", $"Time and memory of one decision. Exits 1 above {DecideCheck.Limit.TotalMicroseconds} microseconds or {DecideCheck.AllocationLimit} bytes.");
        decide.SetAction(_ => DecideCheck.Run());
        return new RootCommand(
            """
            Measures CorpSecure. Build with -c Release.

            Any other arguments choose microbenchmarks and go to BenchmarkDotNet, such as --filter '*Decide*' or --list flat.
            """)
        {
            commit, decide,
        };
    }
}
