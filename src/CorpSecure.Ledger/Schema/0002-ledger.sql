create schema ledger authorization corpsecure_owner;
set local role corpsecure_owner;

-- Where each lane stands. Only the functions below move it.
create table ledger.lanes (
  lane    text primary key check (length(lane) between 3 and 100),
  owner   name not null,
  epoch   bigint not null,
  counter bigint not null,
  head    bytea not null check (octet_length(head) = 32)
);

create table ledger.epochs (
  lane        text not null references ledger.lanes,
  epoch       bigint not null,
  opened_at   timestamptz not null default clock_timestamp(),
  opened_by   name not null default session_user,
  counter     bigint not null,
  predecessor bytea not null,
  primary key (lane, epoch)
);

-- Keys: a subject's key is wrapped by its client's key, that by a master key which is not in the database.
create table ledger.client_keys (
  client     text primary key,
  wrapped    bytea not null,
  created_at timestamptz not null default clock_timestamp()
);

create table ledger.subject_keys (
  id          uuid primary key,
  client      text not null references ledger.client_keys,
  subject_tag bytea not null,
  wrapped     bytea not null,
  created_at  timestamptz not null default clock_timestamp(),
  unique (client, subject_tag)
);

-- The payload is json, not jsonb: hashes are over its exact text.
create table ledger.entries (
  lane        text not null,
  epoch       bigint not null,
  counter     bigint not null,
  kind        smallint not null,
  at          timestamptz not null,
  id          uuid not null,
  predecessor bytea not null check (octet_length(predecessor) = 32),
  hash        bytea not null check (octet_length(hash) = 32),
  payload     json not null,
  subject_key uuid,
  sealed      bytea,
  primary key (lane, counter, epoch, at)
) partition by range (at);
create index entries_id on ledger.entries (id);

create table ledger.tags (
  tag bytea not null,
  at  timestamptz not null,
  id  uuid not null
) partition by range (at);
create index tags_tag on ledger.tags (tag, id);

-- An epoch continues the lane: its first entry carries the last hash of the epoch before it.
-- The row lock waits for a commit that is still in flight, so a lane never forks.
create function ledger.open_epoch(wanted text, out epoch bigint, out counter bigint, out head bytea)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  holder name;
begin
  insert into ledger.lanes as l (lane, owner, epoch, counter, head)
  values (wanted, session_user, 0, 0, decode(repeat('00', 32), 'hex'))
  on conflict (lane) do nothing;
  select l.owner into holder from ledger.lanes l where l.lane = wanted for update;
  if holder <> session_user then
    raise exception 'lane % belongs to another role', wanted using errcode = '42501';
  end if;
  update ledger.lanes l set epoch = l.epoch + 1 where l.lane = wanted
  returning l.epoch, l.counter, l.head into epoch, counter, head;
  insert into ledger.epochs (lane, epoch, counter, predecessor) values (wanted, epoch, counter, head);
end $$;

create function ledger.advance(wanted text, in_epoch bigint, from_counter bigint, to_counter bigint, new_head bytea)
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update ledger.lanes l set counter = to_counter, head = new_head
  where l.lane = wanted and l.epoch = in_epoch and l.counter = from_counter and l.owner = session_user
    and to_counter >= from_counter;
  if not found then
    raise exception 'lane % is not at epoch %, counter %', wanted, in_epoch, from_counter using errcode = 'CS001';
  end if;
end $$;

-- Attaching takes a weaker lock than creating in place, so writers are not stopped.
create function ledger.ensure_partitions(parent text, first_day date, days int)
returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $$
declare
  made int := 0;
  day date;
  child text;
begin
  if parent not in ('ledger.entries', 'ledger.tags', 'decisions.nonces') then
    raise exception 'no such partitioned table: %', parent using errcode = '22023';
  end if;
  if days not between 1 and 62 then
    raise exception 'days must be between 1 and 62' using errcode = '22023';
  end if;
  perform pg_advisory_xact_lock(hashtext('corpsecure partitions ' || parent));
  for day in select first_day + i from generate_series(0, days - 1) as i loop
    child := parent || '_' || to_char(day, 'YYYYMMDD');
    continue when to_regclass(child) is not null;
    execute format('create table %s (like %s including defaults including constraints)', child, parent);
    execute format('alter table %s attach partition %s for values from (%L) to (%L)', parent, child, day, day + 1);
    made := made + 1;
  end loop;
  return made;
end $$;

revoke all on all functions in schema ledger from public;
grant usage on schema ledger to corpsecure_writer, corpsecure_notary, corpsecure_auditor;
grant execute on function ledger.open_epoch, ledger.advance, ledger.ensure_partitions to corpsecure_writer;
grant insert on ledger.entries, ledger.tags to corpsecure_writer;
grant select, insert on ledger.client_keys, ledger.subject_keys to corpsecure_writer;
grant select on ledger.entries, ledger.tags, ledger.lanes, ledger.epochs to corpsecure_gateway, corpsecure_notary, corpsecure_auditor;

reset role;
