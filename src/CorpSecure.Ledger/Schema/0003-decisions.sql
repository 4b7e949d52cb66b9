create schema decisions authorization corpsecure_owner;
set local role corpsecure_owner;

-- Spent once: nonces of message signatures, ids of proofs and confirmations. Partitioned by the signed date,
-- which every replay repeats, so an old partition can go once that date is refused anyway.
create table decisions.nonces (
  created_on  date not null,
  digest      bytea not null check (octet_length(digest) = 32),
  decision_id uuid not null,
  primary key (created_on, digest)
) partition by range (created_on);

-- A policy's full text, stored before its first decision.
create table decisions.policies (
  digest    bytea primary key check (octet_length(digest) = 32),
  version   text not null unique,
  document  text not null,
  stored_at timestamptz not null default clock_timestamp()
);

-- A partition of dates that no verification accepts any more can go; the last two days never do.
create function decisions.drop_nonces_before(day date)
returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $$
declare
  dropped int := 0;
  child regclass;
begin
  if day > current_date - 2 then
    raise exception 'nonces of the last two days are kept' using errcode = '22023';
  end if;
  for child in
    select inhrelid::regclass from pg_inherits
    where inhparent = 'decisions.nonces'::regclass and inhrelid::regclass::text < 'decisions.nonces_' || to_char(day, 'YYYYMMDD')
  loop
    execute format('drop table %s', child);
    dropped := dropped + 1;
  end loop;
  return dropped;
end $$;

revoke all on all functions in schema decisions from public;
grant execute on function decisions.drop_nonces_before to corpsecure_gateway;
grant usage on schema decisions to corpsecure_gateway, corpsecure_auditor;
grant select, insert on decisions.nonces, decisions.policies to corpsecure_gateway;
grant select on decisions.nonces, decisions.policies to corpsecure_auditor;

-- What people look at. The reader's filters are pushed into the scan of the partitions.
create view decisions.summaries as
select e.id, e.at, e.lane, e.epoch, e.counter,
       e.payload ->> 'listener' as listener,
       e.payload ->> 'method' as method,
       e.payload ->> 'route' as route,
       nullif(e.payload ->> 'client', '') as client,
       e.payload ->> 'subject' as subject,
       e.payload ->> 'verdict' as verdict,
       e.payload ->> 'enforcement' as enforcement,
       array(select json_array_elements_text(e.payload -> 'reasons')) as reasons,
       (e.payload ->> 'status')::int as status,
       e.payload ->> 'policy' as policy_version,
       e.payload ->> 'replica' as replica,
       coalesce((e.payload ->> 'count')::bigint, 1) as count
from ledger.entries e
where e.kind in (1, 3);

create view decisions.outcomes as
select e.id, e.at, e.payload ->> 'state' as state, (e.payload ->> 'status')::int as status
from ledger.entries e
where e.kind in (2, 4);

grant select on decisions.summaries, decisions.outcomes to corpsecure_gateway, corpsecure_auditor;

reset role;
