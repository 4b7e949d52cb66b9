using CorpSecure.Gateway.Tests.World;
using Npgsql;

namespace CorpSecure.Gateway.Tests.Keys;

/// <summary>What whoever holds the gateway's database login can do to keys without the gateway.</summary>
[Collection(GatewayCollection.Name)]
public sealed class DatabaseRoleTests(KeyWorld keys) : IClassFixture<KeyWorld>
{
    [Theory]
    [InlineData("insert into registry.keys (key_id, client, subject, algorithm, public_key_pem, state) values ('k', 'acme', 'u-anna', 'ed25519', '', 'active')")]
    [InlineData("update registry.keys set state = 'active' where key_id = 'anna-revoked'")]
    [InlineData("update registry.keys set subject = 'u-li' where key_id = 'anna-1'")]
    [InlineData("update registry.keys set active_from = null")]
    [InlineData("delete from registry.keys where key_id = 'anna-1'")]
    [InlineData("truncate registry.keys")]
    [InlineData("alter table registry.keys disable trigger all")]
    [InlineData("drop function registry.end_key")]
    [InlineData("update registry.users set roles = '{client-admin}' where subject = 'u-anna'")]
    [InlineData("update registry.version set value = value - 1")]
    [InlineData("select registry.move_version()")]
    public async Task It_may_not(string sql) => (await FailureAsync(sql)).ShouldBe("42501");

    [Theory]
    [InlineData("select registry.end_key('anna-revoked', 'active', now(), null)")]
    [InlineData("select registry.end_key('anna-revoked', 'cooling-off', now(), null)")]
    [InlineData("select registry.end_key('anna-revoked', null, now(), null)")]
    public async Task A_key_does_not_come_back(string sql) => (await FailureAsync(sql)).ShouldBe("22023");

    [Theory]
    [InlineData("select registry.end_key('anna-revoked', 'retired', now(), null)", "revoked")]
    [InlineData("select registry.end_key('nobody', 'revoked', now(), null)", null)]
    [InlineData("select registry.enrol_key('k', 'n', 'huaxin', 'u-anna', 'ed25519', '', now(), now(), 10)", "user-gone")]
    [InlineData("select registry.enrol_key('k', 'n', 'acme', 'u-gone', 'ed25519', '', now(), now(), 10)", "user-gone")]
    [InlineData("select registry.enrol_key('k', 'n', null, 's-otto', 'ed25519', '', now(), now(), 10)", "user-gone")]
    [InlineData("select registry.enrol_key('anna-1', 'n', 'huaxin', 'u-li', 'ed25519', '', now(), now(), 10)", "registered")]
    public async Task The_functions_keep_their_rules(string sql, string? answer)
    {
        await using var source = NpgsqlDataSource.Create(keys.World.GatewayConnection);
        await using var command = source.CreateCommand(sql);
        (await command.ExecuteScalarAsync() as string).ShouldBe(answer);
        (await keys.World.QueryAsync<string>("select subject || state from registry.keys where key_id = 'anna-revoked'")).ShouldBe("u-annarevoked");
    }

    private async Task<string?> FailureAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(keys.World.GatewayConnection);
        await using var command = source.CreateCommand(sql);
        return (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState;
    }
}
