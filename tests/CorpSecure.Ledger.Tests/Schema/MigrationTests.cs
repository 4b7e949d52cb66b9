using CorpSecure.Ledger.Schema;
using Microsoft.Extensions.Logging.Abstractions;

namespace CorpSecure.Ledger.Tests.Schema;

[Collection(Cluster.Name)]
public sealed class MigrationTests(Cluster cluster)
{
    [Fact]
    public async Task Migrating_twice_changes_nothing() => await OnAnEmptyDatabaseAsync(async (administrator, count) =>
    {
        await MigrateAsync(administrator);
        var scripts = await count();
        scripts.ShouldBeGreaterThan(0);
        await MigrateAsync(administrator);
        (await count()).ShouldBe(scripts);
    });

    [Fact]
    public async Task Migrations_at_once_wait_for_each_other() => await OnAnEmptyDatabaseAsync(async (administrator, count) =>
    {
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => MigrateAsync(administrator)))).WaitAsync(TimeSpan.FromSeconds(60));
        var scripts = typeof(LedgerSchema).Assembly.GetManifestResourceNames().Count(name => name.EndsWith(".sql", StringComparison.Ordinal));
        (await count()).ShouldBe(scripts);
    });

    [Fact]
    public async Task The_lock_is_free_again_when_a_migration_is_done() => await OnAnEmptyDatabaseAsync(async (administrator, _) =>
    {
        await MigrateAsync(administrator);
        (await ScalarAsync<long>(administrator, "select count(*) from pg_locks where locktype = 'advisory'")).ShouldBe(0);
    });

    private static Task MigrateAsync(string administrator) => LedgerSchema.MigrateAsync(administrator, NullLogger.Instance, CancellationToken.None);

    private async Task OnAnEmptyDatabaseAsync(Func<string, Func<Task<long>>, Task> action)
    {
        var name = $"migration_{Guid.NewGuid():N}";
        var administrator = await cluster.Server.CreateDatabaseAsync(name);
        try
        {
            await action(administrator, () => ScalarAsync<long>(administrator, "select count(*) from corpsecure_schema_versions"));
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await cluster.Server.DropDatabaseAsync(name);
        }
    }

    private static async Task<T> ScalarAsync<T>(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
