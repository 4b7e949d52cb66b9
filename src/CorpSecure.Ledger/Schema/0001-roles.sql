-- Cluster-wide roles. The owner cannot log in; passwords are set by whoever runs the cluster, never here.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['corpsecure_owner', 'corpsecure_writer'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I nologin', wanted);
    end if;
  end loop;
  foreach wanted in array array['corpsecure_gateway', 'corpsecure_identity_corporate', 'corpsecure_identity_staff', 'corpsecure_notary', 'corpsecure_auditor'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I login', wanted);
    end if;
  end loop;
end $$;

grant corpsecure_writer to corpsecure_gateway, corpsecure_identity_corporate, corpsecure_identity_staff;
grant corpsecure_owner to current_user;
do $$ begin execute format('grant create on database %I to corpsecure_owner', current_database()); end $$;
revoke all on schema public from public;
