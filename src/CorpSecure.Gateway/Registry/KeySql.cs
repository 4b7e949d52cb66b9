namespace CorpSecure.Gateway.Registry;

/// <summary>All that the gateway may do to keys: add one, end one. It has no other way to write to the registry.</summary>
internal static class KeySql
{
    public const string Create = """
        -- When a state began, whoever changed it.
        create function registry.stamp_key() returns trigger
        language plpgsql set search_path = pg_catalog, pg_temp as $$
        begin
          if new.state = 'active' then
            new.retired_at := null; new.revoked_at := null; new.revocation_reason := null;
          elsif new.state = 'retired' then
            new.retired_at := coalesce(new.retired_at, clock_timestamp()); new.revoked_at := null;
          else
            new.revoked_at := coalesce(new.revoked_at, clock_timestamp());
          end if;
          return new;
        end $$;
        create trigger stamp_key before insert or update of state on registry.keys for each row execute function registry.stamp_key();

        create function registry.enrol_key(
          key_id text, name text, client text, subject text, algorithm text, public_key_pem text, enrolled_at timestamptz, active_from timestamptz, most int)
        returns text
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
        begin
          -- Locked, so that two enrolments of one user at once are counted.
          perform from registry.users u
            where u.realm = 'corporate' and u.subject = enrol_key.subject and u.client = enrol_key.client and u.status = 'active' for no key update;
          if not found then
            return 'user-gone';
          end if;
          if (select count(*) from registry.keys k where k.subject = enrol_key.subject and k.state = 'active') >= most
            or (select count(*) from registry.keys k where k.subject = enrol_key.subject and k.created_at > enrolled_at - interval '1 day') >= 2 * most then
            return 'too-many';
          end if;
          insert into registry.keys (key_id, thumbprint, name, client, subject, algorithm, public_key_pem, state, created_at, active_from)
            values (enrol_key.key_id, enrol_key.key_id, enrol_key.name, enrol_key.client, enrol_key.subject, enrol_key.algorithm,
                    enrol_key.public_key_pem, 'active', enrolled_at, greatest(enrolled_at, enrol_key.active_from))
            on conflict do nothing;
          return case when found then 'enrolled' else 'registered' end;
        end $$;

        -- Only ever onwards: active, retired, revoked.
        create function registry.end_key(key_id text, wanted text, ended_at timestamptz, reason text)
        returns text
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
        begin
          if wanted is distinct from 'retired' and wanted is distinct from 'revoked' then
            raise exception 'a key ends as retired or revoked' using errcode = '22023';
          end if;
          update registry.keys k set
            state = wanted,
            retired_at = case when wanted = 'retired' then ended_at else k.retired_at end,
            revoked_at = case when wanted = 'revoked' then ended_at end,
            revocation_reason = case when wanted = 'revoked' then reason end
            where k.key_id = end_key.key_id and (k.state = 'active' or (k.state = 'retired' and wanted = 'revoked'));
          return (select k.state from registry.keys k where k.key_id = end_key.key_id);
        end $$;

        alter function registry.stamp_key owner to corpsecure_owner;
        alter function registry.enrol_key owner to corpsecure_owner;
        alter function registry.end_key owner to corpsecure_owner;
        revoke all on function registry.stamp_key, registry.enrol_key, registry.end_key from public;
        grant execute on function registry.enrol_key, registry.end_key to corpsecure_gateway;
        """;

    public const string Drop = """
        drop function registry.enrol_key, registry.end_key;
        drop trigger stamp_key on registry.keys;
        drop function registry.stamp_key;
        """;
}
