using CorpSecure.Benchmarks.Samples;

namespace CorpSecure.Benchmarks.Commit;

/// <summary>Committed decisions against copied rows, in one run and in turns, so that what else the machine does falls on both.</summary>
internal static class CommitComparison
{
    private const int WarmUpRounds = 10;

    public static async Task<int> RunAsync(CommitOptions options, CancellationToken cancellation)
    {
        await using var database = await CommitDatabase.StartAsync(cancellation);
        await using var copy = new CopyLoad(database.Source, database.Options.BatchSize);
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        var decisions = new DecisionLoad(database);

        // The subjects' keys are made one after another: their first use is not what is measured.
        await decisions.RunAsync(SampleFacts.Subjects, callers: 1, cancellation);
        await decisions.RunAsync(options.Decisions, options.Callers, cancellation);
        var written = await WrittenEntry.LatestAsync(connection, options.Decisions, cancellation);
        Console.Out.WriteLine($"PostgreSQL {connection.ServerVersion}, .NET {Environment.Version}, {Environment.ProcessorCount} cores; "
            + $"{options.Decisions} decisions a round from {options.Callers} callers, transactions of {database.Options.BatchSize}; "
            + $"a decision has {written[0].Payload.Length} bytes of payload and {written[0].Sealed.Length} sealed");

        for (var round = 0; round < WarmUpRounds; round++)
            await RoundAsync(round);
        var mark = await WrittenEntry.LastCounterAsync(connection, cancellation);
        var rounds = new List<(double Committed, double Copied)>();
        for (var round = 0; round < options.Rounds; round++)
        {
            var (committed, copied) = await RoundAsync(round);
            rounds.Add((committed, copied));
            Console.Out.WriteLine($"round {round + 1,3}: committed {committed,6:F0}/s, copied {copied,6:F0}/s, ratio {committed / copied:F2}");
        }

        var ratios = rounds.Select(round => round.Committed / round.Copied).ToArray();
        var ratio = Median.Of(ratios);
        Console.Out.WriteLine($"medians: committed {Median.Of(rounds.Select(round => round.Committed)):F0}/s, copied {Median.Of(rounds.Select(round => round.Copied)):F0}/s, "
            + $"ratio {ratio:F2} (half of the rounds between {Median.Of(ratios.Where(r => r <= ratio)):F2} and {Median.Of(ratios.Where(r => r >= ratio)):F2}), bound {options.Bound:F2}; "
            + $"{await WrittenEntry.AverageBatchAsync(connection, mark, cancellation):F1} decisions a transaction");
        return ratio >= options.Bound ? 0 : 1;

        // Whoever goes second may find caches warmer or a checkpoint running; so they take turns.
        async Task<(double Committed, double Copied)> RoundAsync(int round)
        {
            var copyFirst = round % 2 == 1;
            var copied = copyFirst ? copy.Run(written) : 0;
            var committed = await decisions.RunAsync(options.Decisions, options.Callers, cancellation);
            return (committed, copyFirst ? copied : copy.Run(written));
        }
    }
}
