using Npgsql;

namespace CorpSecure.Identity.Revocation;

/// <summary>What tells the gateway: <c>registry.revoke</c>, a function of the gateway's own schema, called by statement and trigger here.</summary>
public static class RevocationFeed
{
    private const string Callable = """
        select exists (
            select from pg_proc f join pg_namespace n on n.oid = f.pronamespace
            where n.nspname = 'registry' and f.proname = 'revoke' and f.proargtypes[0] = 'text'::regtype and f.proargtypes[1] = 'text'::regtype
                and f.proargtypes[2] = 'timestamptz'::regtype and f.pronargs = 3
                and has_schema_privilege(n.oid, 'usage') and has_function_privilege(f.oid, 'execute'))
        """;

    /// <returns>Null when it can be called; without it a revoked token would stay good at the gateway, so nothing may start.</returns>
    public static async Task<string?> FaultAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(Callable);
        return await command.ExecuteScalarAsync(cancellation) is true
            ? null
            : "Database:ConnectionString: the function registry.revoke(text, text, timestamptz) is missing or not granted; run the gateway's migrate command first";
    }
}
