namespace CorpSecure.Gateway.Revocations;

/// <summary>Where the identities say that a token, a session, or all that a subject had, is over; and how the gateways hear of it in order.</summary>
internal static class RevocationSql
{
    public const string Create = """
        create table registry.revocations (
          realm      text not null check (realm in ('corporate', 'staff')),
          sequence   bigint not null,
          kind       text not null check (kind in ('token', 'session', 'subject')),
          value      text not null check (length(value) between 1 and 300),
          revoked_at timestamptz not null,
          expires_at timestamptz not null,
          primary key (realm, sequence)
        );
        create index revocations_expires on registry.revocations (expires_at);

        -- Its row is locked from the number's being taken to the commit, so numbers appear in their order
        -- and whoever asks for what came after a number misses nothing.
        create table registry.revocation_heads (
          realm    text primary key check (realm in ('corporate', 'staff')),
          sequence bigint not null
        );
        insert into registry.revocation_heads values ('corporate', 0), ('staff', 0);

        -- Of any realm: an administrator's, and what the next one is made of.
        create function registry.revoke(realm text, kind text, value text, expires_at timestamptz) returns void
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
        declare
          number bigint;
        begin
          if expires_at is null or expires_at > clock_timestamp() + interval '31 days' then
            raise exception 'a revocation ends, within 31 days' using errcode = '22023';
          end if;
          update registry.revocation_heads h set sequence = h.sequence + 1 where h.realm = revoke.realm returning h.sequence into number;
          if number is null then
            raise exception 'there is no such realm' using errcode = '22023';
          end if;
          insert into registry.revocations values (revoke.realm, number, revoke.kind, revoke.value, clock_timestamp(), revoke.expires_at);
          -- What has ended revokes nothing any more. A day later no gateway can have it still to read.
          delete from registry.revocations r where r.expires_at < clock_timestamp() - interval '1 day';
        end $$;

        -- Of the caller's own realm, by its login.
        create function registry.revoke(kind text, value text, expires_at timestamptz) returns void
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
        declare
          own text := case session_user
            when 'corpsecure_identity_corporate' then 'corporate'
            when 'corpsecure_identity_staff' then 'staff' end;
        begin
          if own is null then
            raise exception 'only an identity has a realm of its own' using errcode = '42501';
          end if;
          perform registry.revoke(own, kind, value, expires_at);
        end $$;

        alter table registry.revocations owner to corpsecure_owner;
        alter table registry.revocation_heads owner to corpsecure_owner;
        alter function registry.revoke(text, text, text, timestamptz) owner to corpsecure_owner;
        alter function registry.revoke(text, text, timestamptz) owner to corpsecure_owner;
        revoke all on function registry.revoke(text, text, text, timestamptz), registry.revoke(text, text, timestamptz) from public;
        grant usage on schema registry to corpsecure_identity_corporate, corpsecure_identity_staff;
        grant execute on function registry.revoke(text, text, timestamptz) to corpsecure_identity_corporate, corpsecure_identity_staff;
        grant select on registry.revocations to corpsecure_gateway, corpsecure_auditor;

        insert into registry.revocations
          select 'corporate', row_number() over (order by token_id), 'token', token_id, now(), least(expires_at, now() + interval '31 days')
          from registry.revoked_tokens where expires_at > now();
        update registry.revocation_heads set sequence = (select count(*) from registry.revocations) where realm = 'corporate';
        """;

    public const string Drop = """
        drop function registry.revoke(text, text, timestamptz);
        drop function registry.revoke(text, text, text, timestamptz);
        drop table registry.revocation_heads;
        drop table registry.revocations;
        """;
}
