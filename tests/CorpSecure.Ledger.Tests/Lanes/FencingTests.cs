using static CorpSecure.Ledger.Tests.Databases.Drafts;

namespace CorpSecure.Ledger.Tests.Lanes;

/// <summary>Two processes with one name: the later one has the lane, and it never forks.</summary>
[Collection(Cluster.Name)]
public sealed class FencingTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_second_opener_fences_the_first()
    {
        await using var first = database.Writer("fence");
        await using var second = database.Writer("fence");
        await first.AppendAsync(AnEntry());
        await second.AppendAsync(AnEntry());

        var refused = AnEntry();
        var error = await Should.ThrowAsync<LedgerUnavailableException>(() => first.AppendAsync(refused));
        error.InnerException.ShouldBeOfType<PostgresException>().SqlState.ShouldBe("CS001");
        await second.AppendAsync(AnEntry());

        var rows = await StoredEntry.OfAsync(database, "fence/test");
        rows.Count.ShouldBe(3);
        rows.ShouldNotContain(row => row.Id == refused.Id);
        await LaneAudit.ShouldBeWholeAsync(database, "fence/test");
    }

    [Fact]
    public async Task Two_writers_that_fight_for_a_lane_lose_entries_loudly_and_fork_nothing()
    {
        await using var first = database.Writer("fight");
        await using var second = database.Writer("fight");
        var durable = new List<Guid>();
        await Task.WhenAll(WriteAsync(first), WriteAsync(second)).Soon();

        (await StoredEntry.OfAsync(database, "fight/test")).Select(row => row.Id).ShouldBe(durable, ignoreOrder: true);
        await LaneAudit.ShouldBeWholeAsync(database, "fight/test");

        async Task WriteAsync(LaneWriter writer)
        {
            for (var i = 0; i < 50; i++)
            {
                var draft = AnEntry();
                try
                {
                    await writer.AppendAsync(draft);
                }
                catch (LedgerUnavailableException)
                {
                    continue;
                }

                lock (durable)
                    durable.Add(draft.Id);
            }
        }
    }
}
