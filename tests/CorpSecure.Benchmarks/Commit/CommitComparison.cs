using CorpSecure.Benchmarks.Samples;

namespace CorpSecure.Benchmarks.Commit;

/// <summary>Committed decisions against copied rows, in one run and in turns, so that what else the machine does falls on both.</summary>
internal static class CommitComparison
{
    private const int WarmUpRounds = 10;

    public static async Task<int> RunAsync(CommitOptions options, CancellationToken cancellation)
    {
        await using var database = await CommitDatabase.StartAsync(cancellation);
        await using var tables = new CopyLoad(await database.Source.OpenConnectionAsync(cancellation), database.Options.BatchSize, partitions: false);
        await using var partitions = new CopyLoad(await database.OpenAsAdministratorAsync(cancellation), database.Options.BatchSize, partitions: true);
        await tables.OpenLaneAsync(cancellation);
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
        var rounds = new List<Round>();
        for (var number = 0; number < options.Rounds; number++)
        {
            var round = await RoundAsync(number);
            rounds.Add(round);
            Console.Out.WriteLine($"round {number + 1,3}: committed {round.Committed,6:F0}/s, copied into tables {round.Tables,6:F0}/s, into partitions {round.Partitions,6:F0}/s, "
                + $"ratios {round.Committed / round.Tables:F2} and {round.Committed / round.Partitions:F2}");
        }

        var average = await WrittenEntry.AverageBatchAsync(connection, mark, cancellation);
        Console.Out.WriteLine($"medians: committed {Median.Of(rounds.Select(round => round.Committed)):F0}/s in transactions of {average:F1}");
        var ratio = Say("tables", rounds, round => round.Tables);
        var strict = Say("partitions", rounds, round => round.Partitions);
        Console.Out.WriteLine($"bound {options.Bound:F2}");
        return Math.Min(ratio, strict) >= options.Bound ? 0 : 1;

        // Whoever goes later may find caches warmer or a checkpoint running; so they take turns.
        async Task<Round> RoundAsync(int number)
        {
            var round = new Round();
            for (var turn = 0; turn < 3; turn++)
            {
                round = ((turn + number) % 3) switch
                {
                    0 => round with { Committed = await decisions.RunAsync(options.Decisions, options.Callers, cancellation) },
                    1 => round with { Tables = tables.Run(written) },
                    _ => round with { Partitions = partitions.Run(written) },
                };
            }

            return round;
        }
    }

    private static double Say(string target, List<Round> rounds, Func<Round, double> copied)
    {
        var ratios = rounds.Select(round => round.Committed / copied(round)).ToArray();
        var ratio = Median.Of(ratios);
        Console.Out.WriteLine($"medians: copied into {target} {Median.Of(rounds.Select(copied)):F0}/s; ratio {ratio:F2}, "
            + $"half of the rounds between {Median.Of(ratios.Where(r => r <= ratio)):F2} and {Median.Of(ratios.Where(r => r >= ratio)):F2}");
        return ratio;
    }

    /// <summary>Decisions per second of each side.</summary>
    private readonly record struct Round(double Committed, double Tables, double Partitions);
}
