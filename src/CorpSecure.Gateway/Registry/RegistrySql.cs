namespace CorpSecure.Gateway.Registry;

/// <summary>What a migration cannot say in model terms: owner, version trigger, grants.</summary>
internal static class RegistrySql
{
    public const string Finish = """
        do $$
        declare
          t text;
        begin
          alter schema registry owner to corpsecure_owner;
          foreach t in array array['clients', 'users', 'entitlements', 'keys', 'revoked_tokens', 'version'] loop
            execute format('alter table registry.%I owner to corpsecure_owner', t);
          end loop;
        end $$;

        create function registry.move_version() returns trigger
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
        begin
          update registry.version set value = value + 1;
          return null;
        end $$;
        alter function registry.move_version owner to corpsecure_owner;
        revoke all on function registry.move_version from public;

        do $$
        declare
          t text;
        begin
          foreach t in array array['clients', 'users', 'entitlements', 'keys', 'revoked_tokens'] loop
            execute format('create trigger move_version after insert or update or delete or truncate on registry.%I for each statement execute function registry.move_version()', t);
          end loop;
        end $$;

        grant usage on schema registry to corpsecure_gateway, corpsecure_auditor;
        grant select on all tables in schema registry to corpsecure_gateway, corpsecure_auditor;
        """;
}
