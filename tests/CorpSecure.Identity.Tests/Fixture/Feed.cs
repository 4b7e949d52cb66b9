namespace CorpSecure.Identity.Tests.Fixture;

/// <summary>The function that the gateway's schema offers, in the shape of its contract, writing into a plain table.</summary>
public static class Feed
{
    public static Task CreateAsync(IdentityFixture fixture) => fixture.ScalarAsync<object>("""
        create schema registry;
        create table registry.revocations (
            realm text not null, sequence bigint generated always as identity, kind text not null, value text not null,
            revoked_at timestamptz not null default now(), expires_at timestamptz not null, transaction bigint not null default txid_current());
        create function registry.revoke(kind text, value text, expires_at timestamptz) returns void
            language sql security definer set search_path = pg_catalog, pg_temp as $$
            insert into registry.revocations (realm, kind, value, expires_at) values (
                case session_user when 'corpsecure_identity_corporate' then 'corporate' when 'corpsecure_identity_staff' then 'staff' end, $1, $2, $3)
        $$;
        revoke all on function registry.revoke(text, text, timestamptz) from public;
        """);

    public static Task GrantAsync(IdentityFixture fixture) => fixture.ScalarAsync<object>("""
        grant usage on schema registry to corpsecure_identity_corporate, corpsecure_identity_staff;
        grant execute on function registry.revoke(text, text, timestamptz) to corpsecure_identity_corporate, corpsecure_identity_staff;
        """);

    public static async Task<bool> HasAsync(IdentityFixture fixture, string kind, string value) =>
        await fixture.ScalarAsync<long>("select count(*) from registry.revocations where realm = 'corporate' and kind = $1 and value = $2", kind, value) > 0;
}
