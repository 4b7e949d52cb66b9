using static CorpSecure.Ledger.Tests.Databases.Drafts;

namespace CorpSecure.Ledger.Tests.Schema;

/// <summary>What each login cannot do, asked of the database itself.</summary>
[Collection(Cluster.Name)]
public sealed class RoleTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    [InlineData("gateway", "update ledger.entries set payload = '{}'")]
    [InlineData("gateway", "delete from ledger.entries")]
    [InlineData("gateway", "truncate ledger.entries")]
    [InlineData("gateway", "drop table ledger.entries")]
    [InlineData("gateway", "insert into ledger.entries_20261124 select * from ledger.entries")]
    [InlineData("gateway", "update ledger.lanes set counter = 0")]
    [InlineData("gateway", "delete from ledger.epochs")]
    [InlineData("gateway", "delete from ledger.subject_keys")]
    [InlineData("gateway", "update ledger.client_keys set wrapped = ''")]
    [InlineData("gateway", "delete from decisions.nonces")]
    [InlineData("gateway", "update decisions.policies set document = ''")]
    [InlineData("gateway", "create table ledger.mine (n int)")]
    [InlineData("gateway", "create table decisions.mine (n int)")]
    [InlineData("gateway", "create table public.mine (n int)")]
    [InlineData("gateway", "create schema mine")]
    [InlineData("gateway", "create role mine")]
    [InlineData("gateway", "set role corpsecure_owner")]
    [InlineData("gateway", "set session authorization corpsecure_owner")]
    [InlineData("identity_corporate", "insert into decisions.nonces values ('2026-11-24', sha256(''), gen_random_uuid())")]
    [InlineData("identity_corporate", "select from ledger.entries")]
    [InlineData("identity_corporate", "select from ledger.tags")]
    [InlineData("identity_corporate", "select from ledger.lanes")]
    [InlineData("identity_corporate", "select from decisions.summaries")]
    [InlineData("identity_corporate", "update ledger.entries set payload = '{}'")]
    [InlineData("identity_corporate", "select decisions.drop_nonces_before('2020-01-01')")]
    [InlineData("identity_staff", "select from ledger.entries")]
    [InlineData("identity_staff", "insert into decisions.nonces values ('2026-11-24', sha256(''), gen_random_uuid())")]
    [InlineData("notary", "insert into ledger.entries select * from ledger.entries")]
    [InlineData("notary", "select from ledger.subject_keys")]
    [InlineData("notary", "select ledger.open_epoch('notary/x')")]
    [InlineData("auditor", "insert into ledger.tags values ('', now(), gen_random_uuid())")]
    [InlineData("auditor", "insert into decisions.nonces values ('2026-11-24', sha256(''), gen_random_uuid())")]
    [InlineData("auditor", "update ledger.entries set payload = '{}'")]
    [InlineData("auditor", "delete from ledger.entries")]
    [InlineData("auditor", "select from ledger.subject_keys")]
    [InlineData("auditor", "select ledger.open_epoch('auditor/x')")]
    [InlineData("auditor", "select ledger.ensure_partitions('ledger.entries', '2026-11-24', 1)")]
    public async Task A_role_does_only_its_own_work(string role, string statement) =>
        (await RefusedAsync(role, statement)).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);

    [Theory]
    [InlineData("select from ledger.entries")]
    [InlineData("select from ledger.tags")]
    [InlineData("select from ledger.lanes")]
    [InlineData("select from ledger.epochs")]
    [InlineData("select from decisions.nonces")]
    [InlineData("select from decisions.policies")]
    [InlineData("select from decisions.summaries")]
    [InlineData("select from decisions.outcomes")]
    public async Task The_auditor_reads(string statement) => await TestDatabase.ExecuteAsync(database.ConnectionString("auditor"), statement);

    [Theory]
    [InlineData("ledger.lanes")]
    [InlineData("public.entries")]
    [InlineData("ledger.entries; drop table ledger.entries")]
    [InlineData("")]
    public async Task Partitions_are_made_only_where_they_belong(string parent) =>
        (await RefusedAsync("gateway", $"select ledger.ensure_partitions('{parent}', '2026-11-24', 1)")).SqlState.ShouldBe(PostgresErrorCodes.InvalidParameterValue);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1000)]
    public async Task Partitions_are_made_in_bounded_numbers(int days) =>
        (await RefusedAsync("gateway", $"select ledger.ensure_partitions('ledger.entries', '2026-11-24', {days})")).SqlState.ShouldBe(PostgresErrorCodes.InvalidParameterValue);

    [Fact]
    public async Task Nonces_of_days_that_still_count_are_not_dropped() =>
        (await RefusedAsync("gateway", "select decisions.drop_nonces_before(current_date - 1)")).SqlState.ShouldBe(PostgresErrorCodes.InvalidParameterValue);

    [Fact]
    public async Task A_lane_of_another_role_can_be_neither_opened_nor_advanced_nor_written_to()
    {
        await using (var writer = database.Writer("owned"))
            await writer.AppendAsync(AnEntry());

        (await RefusedAsync("identity_corporate", "select ledger.open_epoch('owned/test')")).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await RefusedAsync("identity_corporate", "select ledger.advance('owned/test', 1, 1, 2, sha256(''))")).SqlState.ShouldBe("CS001");
        (await RefusedAsync("identity_corporate", Forged(epoch: 1))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        await LaneAudit.ShouldBeWholeAsync(database, "owned/test");
    }

    [Fact]
    public async Task An_entry_can_only_be_added_to_the_epoch_that_is_open()
    {
        for (var i = 0; i < 2; i++)
        {
            await using var writer = database.Writer("owned2");
            await writer.AppendAsync(AnEntry());
        }

        (await RefusedAsync("gateway", Forged(epoch: 1).Replace("owned/", "owned2/"))).SqlState.ShouldBe("CS001");
        (await RefusedAsync("gateway", Forged(epoch: 2).Replace("owned/", "owned2/"))).SqlState.ShouldBe("CS001", "counter 2 stands already");
    }

    [Fact]
    public async Task Identity_has_lanes_of_its_own()
    {
        await using var writer = database.Writer("identity-1", "identity_corporate");
        await writer.AppendAsync(AnEntry() with { Kind = EntryKind.SignIn, Tags = [[1]] });
        await LaneAudit.ShouldBeWholeAsync(database, "identity-1/test");
    }

    [Fact]
    public async Task The_owner_cannot_log_in() =>
        (await database.ScalarAsync<bool>("select bool_or(rolcanlogin or rolsuper) from pg_roles where rolname in ('corpsecure_owner', 'corpsecure_writer')")).ShouldBeFalse();

    private static string Forged(int epoch) =>
        $"""
        insert into ledger.entries (lane, epoch, counter, kind, at, id, predecessor, hash, payload)
        values ('owned/test', {epoch}, 2, 1, '2026-11-24 10:00Z', gen_random_uuid(), sha256(''), sha256(''), '{"{}"}')
        """;

    private Task<PostgresException> RefusedAsync(string role, string statement) =>
        Should.ThrowAsync<PostgresException>(() => TestDatabase.ExecuteAsync(database.ConnectionString(role), statement));
}
