using CorpSecure.Gateway.Registry;
using CorpSecure.Ledger;
using Npgsql;

namespace CorpSecure.Gateway.Ops;

/// <summary>Whether requests may be sent here. One question to the database at a time, however many ask, and nobody waits long for it.</summary>
public sealed class Readiness(LedgerDatabase database, RegistryFeed registry, Draining draining, TimeProvider clock)
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private Task<bool> asked = Task.FromResult(false);

    public async Task<bool> IsReadyAsync()
    {
        if (draining.HasBegun || !registry.IsFresh)
            return false;
        Task<bool> question;
        lock (gate)
        {
            if (asked.IsCompleted)
                asked = AskAsync();
            question = asked;
        }

        try
        {
            return await question.WaitAsync(LongestWait, clock);
        }
        catch (TimeoutException)
        {
            return false; // the question goes on; its own time-out ends it
        }
    }

    private async Task<bool> AskAsync()
    {
        try
        {
            await using var command = database.Source.CreateCommand("select 1");
            await command.ExecuteScalarAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false; // that is the answer
        }
    }
}
