using CorpSecure.Gateway.Registry;
using CorpSecure.Ledger;
using CorpSecure.Protocol.Keys;
using CorpSecure.Protocol.Signatures;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace CorpSecure.Gateway.Keys;

public enum EnrolmentResult
{
    Enrolled,
    Registered,
    TooMany,
    UserGone,
}

/// <summary>Registers keys and ends them, through the functions that are all the gateway's database role may use for it.</summary>
public sealed class KeyStore(LedgerDatabase database, RegistryFeed feed, IDbContextFactory<RegistryContext> contexts)
{
    public const string Retired = "retired";
    public const string Revoked = "revoked";

    /// <summary>In force at this replica when it returns, at the others within the registry's interval.</summary>
    public async Task<EnrolmentResult> EnrolAsync(
        VerificationKey key, string name, string client, string subject, DateTimeOffset at, DateTimeOffset activeFrom, int most, CancellationToken cancellation)
    {
        await using var command = database.Source.CreateCommand("select registry.enrol_key($1, $2, $3, $4, $5, $6, $7, $8, $9)");
        command.Parameters.Add(Text(key.KeyId));
        command.Parameters.Add(Text(name));
        command.Parameters.Add(Text(client));
        command.Parameters.Add(Text(subject));
        command.Parameters.Add(Text(key.Algorithm.Name));
        command.Parameters.Add(Text(key.ExportPem()));
        command.Parameters.Add(new NpgsqlParameter { Value = at });
        command.Parameters.Add(new NpgsqlParameter { Value = activeFrom });
        command.Parameters.Add(new NpgsqlParameter { Value = most });
        var result = (string)(await command.ExecuteScalarAsync(cancellation))! switch
        {
            "enrolled" => EnrolmentResult.Enrolled,
            "registered" => EnrolmentResult.Registered,
            "too-many" => EnrolmentResult.TooMany,
            "user-gone" => EnrolmentResult.UserGone,
            var unknown => throw new InvalidOperationException($"registry.enrol_key answered {unknown}"),
        };
        await feed.TryConfirmAsync(cancellation);
        return result;
    }

    /// <returns>The state that the key has now; null when there is none.</returns>
    public async Task<string?> EndAsync(string keyId, string state, DateTimeOffset at, string? reason, CancellationToken cancellation)
    {
        await using var command = database.Source.CreateCommand("select registry.end_key($1, $2, $3, $4)");
        command.Parameters.Add(Text(keyId));
        command.Parameters.Add(Text(state));
        command.Parameters.Add(new NpgsqlParameter { Value = at });
        command.Parameters.Add(Text(reason));
        var now = await command.ExecuteScalarAsync(cancellation) as string;
        await feed.TryConfirmAsync(cancellation);
        return now;
    }

    public async Task<KeyRow?> FindAsync(string keyId, CancellationToken cancellation)
    {
        await using var registry = await contexts.CreateDbContextAsync(cancellation);
        return await registry.Keys.AsNoTracking().SingleOrDefaultAsync(key => key.KeyId == keyId, cancellation);
    }

    public async Task<KeyList> ListAsync(string? client, string? subject, int limit, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var registry = await contexts.CreateDbContextAsync(cancellation);
        var keys = registry.Keys.AsNoTracking();
        if (client is not null)
            keys = keys.Where(key => key.Client == client);
        if (subject is not null)
            keys = keys.Where(key => key.Subject == subject);
        var rows = await keys.OrderByDescending(key => key.CreatedAt).ThenBy(key => key.KeyId).Take(limit).ToListAsync(cancellation);
        return new KeyList([.. rows.Select(row => Document(row, now))]);
    }

    public static KeyDocument Document(KeyRow row, DateTimeOffset now) => new(
        row.KeyId, row.Name, row.Algorithm, row.State == "active" && row.ActiveFrom > now ? "cooling-off" : row.State, row.Client, row.Subject,
        row.CreatedAt, row.ActiveFrom, row.RetiredAt, row.RevokedAt, row.RevocationReason);

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
