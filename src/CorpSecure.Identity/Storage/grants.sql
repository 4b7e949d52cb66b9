-- {0} is the realm's schema, {1} its login. Run as the owner after every migration, so that nothing is ever
-- granted that this list does not name.
revoke all on all tables in schema {0} from {1};
revoke all on all sequences in schema {0} from {1};
grant usage on schema {0} to {1};

grant select on {0}.users, {0}.oauth_applications, {0}.oauth_scopes to {1};
grant update (failed_attempts, locked_until, last_totp_step) on {0}.users to {1};
grant select, insert, update, delete on {0}.oauth_authorizations, {0}.oauth_tokens to {1};
grant select, insert, delete on {0}.sessions, {0}.spent_assertions, {0}.spent_proofs to {1};
grant update ("LastSeenAt") on {0}.sessions to {1};
grant select, insert on {0}.data_protection_keys to {1};
grant usage on all sequences in schema {0} to {1};
