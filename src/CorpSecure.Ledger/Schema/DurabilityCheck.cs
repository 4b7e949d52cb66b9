using Npgsql;

namespace CorpSecure.Ledger.Schema;

/// <summary>"Durable" must mean it: a server that may forget a commit is refused at the start.</summary>
public static class DurabilityCheck
{
    private static readonly string[] Required = ["fsync", "full_page_writes", "synchronous_commit"];

    /// <returns>The settings that would lose a commit; empty when there is none.</returns>
    public static async Task<IReadOnlyList<string>> FaultsAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var faults = new List<string>();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        foreach (var setting in Required)
        {
            await using var show = new NpgsqlCommand($"show {setting}", connection);
            if (await show.ExecuteScalarAsync(cancellation) is not string value || value is "off" or "local" or "remote_write")
                faults.Add($"PostgreSQL setting {setting} must be on");
        }

        return faults;
    }
}
