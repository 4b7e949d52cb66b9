using static CorpSecure.Ledger.Tests.Databases.Drafts;

namespace CorpSecure.Ledger.Tests.Lanes;

/// <summary>What a superuser changes behind the ledger's back is noticed.</summary>
[Collection(Cluster.Name)]
public sealed class TamperTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    [InlineData("payload", """update ledger.entries set payload = '{"verdict":"Deny"}'""", "hash of 2")]
    [InlineData("space", """update ledger.entries set payload = '{"verdict": "Allow"}'""", "hash of 2")]
    [InlineData("sealed", @"update ledger.entries set sealed = '\x0102'", "hash of 2")]
    [InlineData("unsealed", "update ledger.entries set sealed = null", "hash of 2")]
    [InlineData("at", "update ledger.entries set at = at + interval '1 microsecond'", "hash of 2")]
    [InlineData("kind", "update ledger.entries set kind = 2", "hash of 2")]
    [InlineData("id", "update ledger.entries set id = '019ab000-0000-7000-8000-000000000001'", "hash of 2")]
    [InlineData("predecessor", @"update ledger.entries set predecessor = sha256('')", "predecessor of 2")]
    [InlineData("hash", @"update ledger.entries set hash = sha256('')", "predecessor of 3")]
    [InlineData("counter", "update ledger.entries set counter = 9", "gap before 9")]
    [InlineData("deleted", "delete from ledger.entries", "gap before 3")]
    public async Task An_altered_row_is_noticed(string lane, string change, string fault)
    {
        await WriteThreeAsync(lane);
        await database.ExecuteAsync($"{change} where lane = '{lane}/test' and counter = 2");
        (await LaneAudit.FaultsAsync(database, $"{lane}/test")).ShouldContain(fault);
    }

    [Fact]
    public async Task A_row_missing_at_the_end_is_noticed_by_the_lanes_head()
    {
        await WriteThreeAsync("tail");
        await database.ExecuteAsync("delete from ledger.entries where lane = 'tail/test' and counter = 3");
        (await LaneAudit.FaultsAsync(database, "tail/test")).ShouldBe(["head"]);
    }

    [Fact]
    public async Task A_row_moved_to_another_lane_is_noticed()
    {
        await WriteThreeAsync("from");
        await database.ExecuteAsync("update ledger.entries set lane = 'moved/test' where lane = 'from/test'");
        await database.ExecuteAsync("insert into ledger.lanes select 'moved/test', owner, epoch, counter, head from ledger.lanes where lane = 'from/test'");
        (await LaneAudit.FaultsAsync(database, "moved/test")).ShouldBe(["hash of 1", "hash of 2", "hash of 3"]);
    }

    private async Task WriteThreeAsync(string replica)
    {
        await using var writer = database.Writer(replica);
        for (var i = 0; i < 3; i++)
            await writer.AppendAsync(AnEntry() with { Sealed = new SealedPart(Guid.NewGuid(), [1]) });
        await LaneAudit.ShouldBeWholeAsync(database, $"{replica}/test");
    }
}
