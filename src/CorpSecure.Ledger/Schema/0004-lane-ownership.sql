set local role corpsecure_owner;

-- Every writer may insert entries, but only behind the head of a lane of its own, in the epoch that is open:
-- otherwise one server could forge, or fill up, the lane of another. One look per statement, whatever its rows.
create function ledger.require_open_lane() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (
    select from added a left join ledger.lanes l on l.lane = a.lane
    where l.owner is distinct from session_user
  ) then
    raise exception 'the lane belongs to another role' using errcode = '42501';
  end if;
  if exists (
    select from added a join ledger.lanes l on l.lane = a.lane
    where l.epoch <> a.epoch or a.counter <= l.counter
  ) then
    raise exception 'the lane has moved on' using errcode = 'CS001';
  end if;
  return null;
end $$;

revoke all on function ledger.require_open_lane from public;
create trigger require_open_lane after insert on ledger.entries
referencing new table as added for each statement execute function ledger.require_open_lane();

reset role;
