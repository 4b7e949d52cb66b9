using static CorpSecure.Ledger.Tests.Databases.Drafts;

namespace CorpSecure.Ledger.Tests.Lanes;

[Collection(Cluster.Name)]
public sealed class LaneChainTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Entries_stand_in_order_without_gaps_each_carrying_its_predecessors_hash()
    {
        await using var writer = database.Writer("chain");
        var ids = new List<Guid>();
        foreach (var payload in new[] { "{}", """{ "a" : 1.0,  "ü":"华" }""", """{"a":1,"a":2}""" })
        {
            var draft = AnEntry(payload);
            ids.Add(draft.Id);
            await writer.AppendAsync(draft);
        }

        var rows = await StoredEntry.OfAsync(database, "chain/test");
        rows.Select(row => row.Counter).ShouldBe([1, 2, 3]);
        rows.Select(row => row.Id).ShouldBe(ids);
        rows[0].Predecessor.ShouldBe(ChainedEntry.Genesis);
        rows[1].Payload.ShouldBe("""{ "a" : 1.0,  "ü":"华" }""", "hashes are over the exact text");
        await LaneAudit.ShouldBeWholeAsync(database, "chain/test");
    }

    [Fact]
    public async Task The_sealed_part_and_a_time_finer_than_the_database_keeps_are_hashed_as_stored()
    {
        await using var writer = database.Writer("sealed");
        await writer.AppendAsync(AnEntry() with { At = TestDatabase.Now.AddTicks(7).ToOffset(TimeSpan.FromHours(8)), Sealed = new SealedPart(Guid.NewGuid(), [1, 2, 3]) });
        (await StoredEntry.OfAsync(database, "sealed/test")).Single().Sealed.ShouldBe([1, 2, 3]);
        await LaneAudit.ShouldBeWholeAsync(database, "sealed/test");
    }

    [Fact]
    public async Task Tags_lead_to_their_entry()
    {
        await using var writer = database.Writer("tags");
        var (first, second) = (AnEntry() with { Tags = [[1, 1], [2, 2]] }, AnEntry() with { Tags = [[1, 1]] });
        await writer.AppendAsync(first);
        await writer.AppendAsync(second);
        (await database.ScalarAsync<Guid[]>(@"select array_agg(id order by id) from ledger.tags where tag = '\x0101'"))
            .ShouldBe([first.Id, second.Id], ignoreOrder: true);
    }

    [Fact]
    public async Task The_next_epoch_continues_with_its_predecessors_counter_and_hash()
    {
        for (var i = 0; i < 3; i++)
        {
            await using var writer = database.Writer("epochs");
            await writer.AppendAsync(AnEntry());
            await writer.AppendAsync(AnEntry());
        }

        var rows = await StoredEntry.OfAsync(database, "epochs/test");
        rows.Select(row => row.Epoch).ShouldBe([1, 1, 2, 2, 3, 3]);
        (await database.ScalarAsync<byte[]>("select predecessor from ledger.epochs where lane = 'epochs/test' and epoch = 3")).ShouldBe(rows[3].Hash);
        (await database.ScalarAsync<long>("select counter from ledger.epochs where lane = 'epochs/test' and epoch = 3")).ShouldBe(4);
        await LaneAudit.ShouldBeWholeAsync(database, "epochs/test");
    }

    [Fact]
    public async Task A_hundred_writers_at_once_share_commits_and_lose_nothing()
    {
        await using var writer = database.Writer("many");
        var drafts = Enumerable.Range(0, 1000).Select(_ => AnEntry()).ToArray();
        await Task.WhenAll(drafts.Chunk(10).Select(mine => Task.Run(async () =>
        {
            foreach (var draft in mine)
                await writer.AppendAsync(draft);
        }))).Soon();

        var rows = await StoredEntry.OfAsync(database, "many/test");
        rows.Select(row => row.Id).ShouldBe(drafts.Select(draft => draft.Id), ignoreOrder: true);
        await LaneAudit.ShouldBeWholeAsync(database, "many/test");
        (await database.ScalarAsync<long>("select count(distinct xmin::text) from ledger.entries where lane = 'many/test'")).ShouldBeLessThan(500);
    }

    [Fact]
    public async Task What_waits_is_finished_before_a_writer_is_gone()
    {
        var writer = database.Writer("closing");
        var appends = Enumerable.Range(0, 200).Select(_ => writer.AppendAsync(AnEntry())).ToArray();
        await writer.DisposeAsync();
        appends.ShouldAllBe(append => append.IsCompletedSuccessfully);
        await Should.ThrowAsync<LedgerUnavailableException>(() => writer.AppendAsync(AnEntry()));
    }
}
