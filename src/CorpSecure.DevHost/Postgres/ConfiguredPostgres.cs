using Npgsql;

namespace CorpSecure.DevHost.Postgres;

/// <summary>A server somebody else runs, named by its administrator's connection string.</summary>
public sealed class ConfiguredPostgres : PostgresServer
{
    private ConfiguredPostgres(string connectionString) => AdminConnectionString = connectionString;

    public override string AdminConnectionString { get; }

    public static async Task<ConfiguredPostgres> ConnectAsync(string connectionString, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(Unpooled(connectionString));
        await connection.OpenAsync(cancellation);
        if (connection.PostgreSqlVersion.Major < PostgresInstallation.OldestSupported)
            throw new PostgresMissingException($"The configured PostgreSQL is version {connection.PostgreSqlVersion}; {PostgresInstallation.OldestSupported} or newer is needed.");
        return new ConfiguredPostgres(connectionString);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
