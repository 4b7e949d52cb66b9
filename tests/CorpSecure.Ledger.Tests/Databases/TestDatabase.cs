using CorpSecure.Ledger.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CorpSecure.Ledger.Tests.Databases;

/// <summary>A migrated database for one test class, with partitions for the days around <see cref="Now"/>.</summary>
public sealed class TestDatabase(Cluster cluster) : IAsyncLifetime
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 30, 0, 123, 456, TimeSpan.Zero);

    private const string Password = "for-tests-only";
    private const int Polls = 500;

    private readonly string name = $"test_{Guid.NewGuid():N}";
    private readonly List<LedgerDatabase> opened = [];

    public string Administrator { get; private set; } = "";

    public FakeTimeProvider Clock { get; } = new(Now);

    public Cluster Cluster => cluster;

    public async Task InitializeAsync()
    {
        Administrator = new NpgsqlConnectionStringBuilder(await cluster.Server.CreateDatabaseAsync(name)) { Pooling = false }.ConnectionString;
        await LedgerSchema.MigrateAsync(Administrator, NullLogger.Instance, CancellationToken.None);
        foreach (var role in new[] { "gateway", "identity_corporate", "identity_staff", "notary", "auditor" })
            await ExecuteAsync($"alter role corpsecure_{role} password '{Password}'");
        foreach (var parent in new[] { "ledger.entries", "ledger.tags", "decisions.nonces" })
            await ExecuteAsync($"select ledger.ensure_partitions('{parent}', '2026-11-23', 3)");
    }

    public async Task DisposeAsync()
    {
        foreach (var database in opened)
            await database.DisposeAsync();
        await cluster.Server.DropDatabaseAsync(name);
    }

    public string ConnectionString(string role) =>
        new NpgsqlConnectionStringBuilder(cluster.Server.ConnectionString(name, $"corpsecure_{role}", Password)) { Pooling = false }.ConnectionString;

    public LedgerOptions Options(string replica, string role = "gateway") => new()
    {
        Replica = replica,
        MasterKeyFile = "unused",
        ConnectionString = new NpgsqlConnectionStringBuilder(ConnectionString(role)) { Pooling = true }.ConnectionString,
    };

    public LedgerDatabase Open(string replica, string role = "gateway")
    {
        var database = new LedgerDatabase(Options(replica, role));
        opened.Add(database);
        return database;
    }

    public LaneWriter Writer(string replica, string role = "gateway", LedgerOptions? options = null) =>
        new(Open(replica, role), options ?? Options(replica, role), "test", Clock, NullLogger<LaneWriter>.Instance);

    public LaneCommitter<TItem> Committer<TItem>(string replica, ILaneWork<TItem> work) =>
        new(Open(replica).Source, $"{replica}/test", work, Options(replica), Clock, NullLogger.Instance);

    public Task ExecuteAsync(string sql) => ExecuteAsync(Administrator, sql);

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Administrator);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Returns once the condition holds; the server does the waiting.</summary>
    public async Task UntilAsync(string condition)
    {
        for (var i = 0; i < Polls; i++)
        {
            if (await ScalarAsync<bool>($"select {condition}"))
                return;
            await ExecuteAsync("select pg_sleep(0.02)");
        }

        throw new TimeoutException($"never true: {condition}");
    }

    public Task UntilBlockedAsync(string replica) =>
        UntilAsync($"exists (select from pg_stat_activity where application_name = '{replica}' and wait_event_type = 'Lock')");

    /// <summary>Holds the lane's row, so that its next commit waits until this is disposed.</summary>
    public async Task<NpgsqlConnection> HoldAsync(string lane)
    {
        var holder = new NpgsqlConnection(Administrator);
        await holder.OpenAsync();
        await using var command = new NpgsqlCommand($"begin; select from ledger.lanes where lane = '{lane}' for update", holder);
        await command.ExecuteNonQueryAsync();
        return holder;
    }
}
