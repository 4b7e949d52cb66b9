using System.Diagnostics;
using CorpSecure.DevHost.Postgres;
using Npgsql;

namespace CorpSecure.DevHost.Tests.Postgres;

/// <summary>What takes time is timed, so nothing else of this assembly runs beside it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TimedCollection
{
    public const string Name = "timed";
}

[Collection(TimedCollection.Name)]
public sealed class PostgresClusterTests
{
    [Fact]
    public async Task A_temporary_cluster_serves_restarts_and_leaves_nothing_behind()
    {
        var started = Stopwatch.GetTimestamp();
        var cluster = await PostgresCluster.StartAsync(new PostgresClusterOptions(), CancellationToken.None);
        var elapsed = Stopwatch.GetElapsedTime(started);
        await using (cluster)
        {
            var database = await cluster.CreateDatabaseAsync("one");
            (await ScalarAsync(database, "SELECT current_database()")).ShouldBe("one");
            (await ScalarAsync(database, "SHOW fsync")).ShouldBe("on");
            (await ScalarAsync(database, "SHOW server_encoding")).ShouldBe("UTF8");
            await ScalarAsync(database, "CREATE TABLE kept(n int); INSERT INTO kept VALUES (7)");

            await cluster.StopAsync(StopMode.Immediate);
            await Should.ThrowAsync<NpgsqlException>(() => ScalarAsync(database, "SELECT 1"));
            await cluster.StartAsync();
            (await ScalarAsync(database, "SELECT n FROM kept")).ShouldBe(7);

            var before = cluster.ProcessId;
            await cluster.RestartAsync();
            cluster.ProcessId.ShouldNotBe(before);
            (await ScalarAsync(database, "SELECT n FROM kept")).ShouldBe(7);
        }
        Directory.Exists(cluster.DataDirectory).ShouldBeFalse();
        elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task The_server_does_not_run_as_root_and_asks_for_a_password()
    {
        await using var cluster = await PostgresCluster.StartAsync(new PostgresClusterOptions(), CancellationToken.None);

        var user = File.ReadLines($"/proc/{cluster.ProcessId}/status").Single(line => line.StartsWith("Uid:", StringComparison.Ordinal));
        user.Split('\t')[1].ShouldNotBe("0");
        var wrong = cluster.ConnectionString("postgres", "postgres", "wrong");
        (await Should.ThrowAsync<PostgresException>(() => ScalarAsync(wrong, "SELECT 1"))).SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task A_configured_server_is_used_as_it_is()
    {
        await using var cluster = await PostgresCluster.StartAsync(new PostgresClusterOptions(), CancellationToken.None);
        await using (var configured = await PostgresServer.StartAsync(new PostgresClusterOptions(), CancellationToken.None, cluster.AdminConnectionString))
        {
            configured.ShouldBeOfType<ConfiguredPostgres>();
            var database = await configured.CreateDatabaseAsync("one");
            (await configured.CreateDatabaseAsync("one")).ShouldBe(database);
            (await ScalarAsync(database, "SELECT current_database()")).ShouldBe("one");
            await configured.DropDatabaseAsync("one");
        }
        cluster.IsRunning.ShouldBeTrue();
    }

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
