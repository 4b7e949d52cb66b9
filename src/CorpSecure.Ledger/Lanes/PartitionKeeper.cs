using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CorpSecure.Ledger.Lanes;

/// <summary>Makes daily partitions ahead of need: at the start, then every hour.</summary>
public sealed partial class PartitionKeeper(LedgerDatabase database, LedgerOptions options, TimeProvider clock, ILogger<PartitionKeeper> logger)
    : BackgroundService
{
    /// <summary>Partitioned tables this process writes; the gateway adds its own.</summary>
    public List<string> Parents { get; } = ["ledger.entries", "ledger.tags"];

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await EnsureAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>From yesterday, since signed dates may lie behind, to the configured number of days ahead.</summary>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        var yesterday = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-1);
        foreach (var parent in Parents)
        {
            await using var command = database.Source.CreateCommand("select ledger.ensure_partitions($1, $2, $3)");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = parent });
            command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = yesterday });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = options.PartitionsAhead + 2 });
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await EnsureAsync(stoppingToken);
            }
            catch (NpgsqlException error)
            {
                LogPartitionsMissing(error);
            }
        }
    }

    [LoggerMessage(1010, LogLevel.Error, "Partitions could not be made ahead; the next try is in an hour")]
    private partial void LogPartitionsMissing(Exception error);
}
