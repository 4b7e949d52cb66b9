using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Tests.Fixture;
using Npgsql;

namespace CorpSecure.Identity.Tests.Realms;

[Collection(IdentityCollection.Name)]
public sealed class RealmTests(IdentityFixture fixture)
{
    [Fact]
    public async Task Staff_sign_in_at_their_own_issuer_and_their_tokens_carry_no_corporate_client()
    {
        var user = await TestUser.CreateStaffAsync(fixture);
        using var console = await Portal.CreateAsync(fixture, fixture.Staff);
        using var browser = new Browser(fixture.Staff);

        var tokens = await console.ExchangeAsync(await browser.SignInAsync(await console.AuthorizeUrlAsync(), user, fixture.Clock.GetUtcNow()));

        var claims = Jwt.Payload(tokens.AccessToken);
        claims.GetProperty("iss").GetString().ShouldBe("https://localhost:9445/");
        claims.GetProperty("aud").GetString().ShouldBe("corpsecure-ops");
        claims.TryGetProperty("client", out _).ShouldBeFalse();
        (await fixture.AboutAsync(user, fixture.Staff)).Select(row => row.Event).ShouldBe(["signed-in", "token-issued"]);
    }

    [Fact]
    public async Task Users_and_clients_of_one_realm_are_unknown_in_the_other()
    {
        var user = await TestUser.CreateStaffAsync(fixture);
        using var corporatePortal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var staffPortal = await Portal.CreateAsync(fixture, fixture.Staff);
        using var browser = new Browser(fixture.Corporate);

        var answer = await browser.EnterCodeAsync(await corporatePortal.AuthorizeUrlAsync(), user, user.CodeAt(fixture.Clock.GetUtcNow()));

        answer.Location.ShouldStartWith("/sign-in?failed=true");
        (await corporatePortal.PushAsync(("client_id", staffPortal.ClientId))).Error.ShouldBe("invalid_client");
    }

    [Theory]
    [InlineData(Realm.Corporate, Realm.Staff)]
    [InlineData(Realm.Staff, Realm.Corporate)]
    public async Task The_login_of_a_realm_reaches_nothing_of_the_other(Realm own, Realm other)
    {
        (await AllowedAsync(own, $"select count(*) from {own.Schema()}.users")).ShouldBeTrue();
        (await AllowedAsync(own, $"select count(*) from {other.Schema()}.users")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("update identity_corporate.users set \"PasswordHash\" = null")]
    [InlineData("update identity_corporate.users set \"TotpSecret\" = ''")]
    [InlineData("delete from identity_corporate.users")]
    [InlineData("insert into identity_corporate.oauth_applications (\"Id\") values ('x')")]
    [InlineData("update identity_corporate.data_protection_keys set \"Xml\" = ''")]
    [InlineData("create table identity_corporate.x (y int)")]
    [InlineData("select count(*) from ledger.entries")]
    [InlineData("update identity_corporate.sessions set \"EndsAt\" = now() + interval '1 year'")]
    public async Task The_login_of_a_realm_cannot_do_what_the_server_never_does(string sql) =>
        (await AllowedAsync(Realm.Corporate, sql)).ShouldBeFalse();

    [Fact]
    public async Task Secrets_are_encrypted_at_rest()
    {
        var user = await TestUser.CreateAsync(fixture);

        var stored = await fixture.ScalarAsync<byte[]>("select \"TotpSecret\" from identity_corporate.users where id = $1", user.Subject);
        var hash = await fixture.ScalarAsync<string>("select \"PasswordHash\" from identity_corporate.users where id = $1", user.Subject);
        var keys = await fixture.ScalarAsync<string>("select string_agg(\"Xml\", '') from identity_corporate.data_protection_keys");

        stored!.AsSpan().IndexOf(user.Secret).ShouldBe(-1);
        var format = Convert.FromBase64String(hash!);
        format[0].ShouldBe((byte)1); // version 3 of the format: algorithm and iterations follow
        System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(format.AsSpan(1)).ShouldBe(2); // HMAC-SHA512
        System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(format.AsSpan(5)).ShouldBe(fixture.Corporate.Settings.Limits.PasswordIterations);
        new SignInLimits().PasswordIterations.ShouldBeGreaterThanOrEqualTo(210_000);
        keys.ShouldNotBeNull().ShouldContain("KeyXmlDecryptor");
        keys.ShouldNotContain("masterKey");
    }

    private async Task<bool> AllowedAsync(Realm realm, string sql)
    {
        await using var source = NpgsqlDataSource.Create(fixture.RealmConnection(realm));
        await using var command = source.CreateCommand(sql);
        try
        {
            await command.ExecuteNonQueryAsync();
            return true;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return false;
        }
    }
}
