using CorpSecure.Core.Policies;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Ledger;
using Npgsql;

namespace CorpSecure.Gateway.Decisions;

/// <summary>Stores a policy's full text, insert-only, before its first decision.</summary>
public static class PolicyArchive
{
    /// <exception cref="StartRefusedException">The version already names another text.</exception>
    public static async Task StoreAsync(LedgerDatabase database, Policy policy, string text, CancellationToken cancellation)
    {
        await using (var insert = database.Source.CreateCommand(
            "insert into decisions.policies (digest, version, document) values ($1, $2, $3) on conflict do nothing"))
        {
            insert.Parameters.Add(new NpgsqlParameter { Value = policy.Digest.ToArray() });
            insert.Parameters.Add(new NpgsqlParameter { Value = policy.Version });
            insert.Parameters.Add(new NpgsqlParameter { Value = text });
            await insert.ExecuteNonQueryAsync(cancellation);
        }

        await using var select = database.Source.CreateCommand("select version from decisions.policies where digest = $1");
        select.Parameters.Add(new NpgsqlParameter { Value = policy.Digest.ToArray() });
        if (await select.ExecuteScalarAsync(cancellation) as string != policy.Version)
            throw new StartRefusedException($"policy version {policy.Version} has already been used for another text; give the changed policy a new version");
    }
}
