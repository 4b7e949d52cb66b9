using Npgsql;

namespace CorpSecure.DevHost.Postgres;

/// <summary>A PostgreSQL with an administrator's login: a private cluster, or one that was configured.</summary>
public abstract class PostgresServer : IAsyncDisposable
{
    /// <summary>The environment variable that names an existing server.</summary>
    public const string ConfiguredBy = "CORPSECURE_POSTGRES";

    /// <summary>The administrator's connection to the maintenance database.</summary>
    public abstract string AdminConnectionString { get; }

    /// <summary>The configured server when there is one, else a private cluster.</summary>
    public static async Task<PostgresServer> StartAsync(PostgresClusterOptions options, CancellationToken cancellation, string? configured = null)
    {
        configured ??= Environment.GetEnvironmentVariable(ConfiguredBy);
        return string.IsNullOrWhiteSpace(configured)
            ? await PostgresCluster.StartAsync(options, cancellation)
            : await ConfiguredPostgres.ConnectAsync(configured, cancellation);
    }

    /// <summary>The administrator's connection to a database.</summary>
    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(AdminConnectionString) { Database = database }.ConnectionString;

    /// <summary>Another user's connection to a database.</summary>
    public string ConnectionString(string database, string user, string password) =>
        new NpgsqlConnectionStringBuilder(AdminConnectionString) { Database = database, Username = user, Password = password }.ConnectionString;

    /// <summary>Makes a database unless it is there, and returns the administrator's connection to it.</summary>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken cancellation = default)
    {
        await using var connection = new NpgsqlConnection(Unpooled(AdminConnectionString));
        await connection.OpenAsync(cancellation);
        await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = name } } };
        if (await exists.ExecuteScalarAsync(cancellation) is null)
        {
            await using var create = new NpgsqlCommand($"CREATE DATABASE {Quoted(name)} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'", connection);
            await create.ExecuteNonQueryAsync(cancellation);
        }
        return ConnectionString(name);
    }

    /// <summary>Ends its sessions and drops a database.</summary>
    public async Task DropDatabaseAsync(string name, CancellationToken cancellation = default)
    {
        await using var connection = new NpgsqlConnection(Unpooled(AdminConnectionString));
        await connection.OpenAsync(cancellation);
        await using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS {Quoted(name)} WITH (FORCE)", connection);
        await drop.ExecuteNonQueryAsync(cancellation);
    }

    public abstract ValueTask DisposeAsync();

    internal static string Quoted(string identifier) => $"\"{identifier.Replace("\"", "\"\"")}\"";

    internal static string Unpooled(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
}
