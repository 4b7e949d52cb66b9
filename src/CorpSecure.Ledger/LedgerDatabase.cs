using Npgsql;

namespace CorpSecure.Ledger;

/// <summary>The ledger's own pool: short time-outs, prepared statements, a commit that has reached the disk.</summary>
public sealed class LedgerDatabase(LedgerOptions options) : IAsyncDisposable
{
    public NpgsqlDataSource Source { get; } = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(options.ConnectionString)
    {
        ApplicationName = options.Replica,
        Timeout = 3,
        CommandTimeout = 6,
        // A commit that waits for a standby and is then cancelled counts as done on the primary alone. So a time-out
        // never waits for what the cancellation brings: it breaks the connection, and the commit is in doubt.
        CancellationTimeout = -1,
        MaxAutoPrepare = 32,
        AutoPrepareMinUsages = 2,
        NoResetOnClose = true,
        Options = "-c lock_timeout=2000 -c statement_timeout=5000 -c idle_in_transaction_session_timeout=10000 -c synchronous_commit=on -c timezone=UTC",
    }.ConnectionString)
    {
        Name = "ledger", // as metrics call it, who otherwise tell the whole address and login
    }.Build();

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
