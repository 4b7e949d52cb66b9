using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static CorpSecure.Ledger.Tests.Databases.Drafts;

namespace CorpSecure.Ledger.Tests.Lanes;

[Collection(Cluster.Name)]
public sealed class PartitionKeeperTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Partitions = """
        select count(*) from pg_inherits
        where inhparent = 'ledger.entries'::regclass and inhrelid::regclass::text between 'ledger.entries_20261123' and 'ledger.entries_20261201'
        """;

    [Fact]
    public async Task Partitions_are_made_ahead_and_existing_ones_are_kept()
    {
        await using (var writer = database.Writer("kept"))
            await writer.AppendAsync(AnEntry());
        using var keeper = Keeper(database.Open("keeper"), "keeper", new FakeTimeProvider(TestDatabase.Now));
        await keeper.EnsureAsync(CancellationToken.None);
        (await database.ScalarAsync<long>(Partitions)).ShouldBe(9, "yesterday, today and seven days ahead");
        await keeper.EnsureAsync(CancellationToken.None);
        (await database.ScalarAsync<long>(Partitions)).ShouldBe(9);
        (await StoredEntry.OfAsync(database, "kept/test")).Count.ShouldBe(1);
        (await database.ScalarAsync<string>("select tableowner::text from pg_tables where tablename = 'entries_20261130'")).ShouldBe("corpsecure_owner");
    }

    [Fact]
    public async Task Several_processes_may_make_them_at_once()
    {
        var ahead = TestDatabase.Now.AddDays(100).ToString("yyyy-MM-dd");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            TestDatabase.ExecuteAsync(database.ConnectionString("gateway"), $"select ledger.ensure_partitions('ledger.tags', '{ahead}', 5)")));
        (await database.ScalarAsync<long>("select count(*) from pg_inherits where inhparent = 'ledger.tags'::regclass and inhrelid::regclass::text > 'ledger.tags_202703'"))
            .ShouldBe(5);
    }

    [Fact]
    public async Task An_hour_later_they_are_looked_after_again()
    {
        var clock = new FakeTimeProvider(TestDatabase.Now);
        using var keeper = Keeper(database.Open("hourly"), "hourly", clock);
        await keeper.StartAsync(CancellationToken.None);
        const string next = "select to_regclass('ledger.entries_20261202') is not null";
        (await database.ScalarAsync<bool>(next)).ShouldBeFalse();
        for (var hour = 0; hour < 500 && !await database.ScalarAsync<bool>(next); hour++)
            clock.Advance(TimeSpan.FromHours(1));
        (await database.ScalarAsync<bool>(next)).ShouldBeTrue();
        await keeper.StopAsync(CancellationToken.None);
    }

    private PartitionKeeper Keeper(LedgerDatabase opened, string replica, TimeProvider clock) =>
        new(opened, database.Options(replica), clock, NullLogger<PartitionKeeper>.Instance);
}
