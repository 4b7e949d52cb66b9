using Microsoft.Extensions.Time.Testing;
using static CorpSecure.Ledger.Tests.Databases.Drafts;

namespace CorpSecure.Ledger.Tests.Lanes;

[Collection(Cluster.Name)]
public sealed class GatheringTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly TimeSpan GatherTime = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider machine = new();

    [Fact]
    public async Task An_entry_that_comes_alone_after_a_crowd_does_not_wait_for_company()
    {
        await using var writer = await AfterACrowdAsync("alone");
        machine.Advance(GatherTime);
        await writer.AppendAsync(AnEntry()).Soon(); // nobody moves the time any more
        await LaneAudit.ShouldBeWholeAsync(database, "alone/test");
    }

    [Fact]
    public async Task What_comes_right_after_a_crowd_shares_a_transaction()
    {
        await using var writer = await AfterACrowdAsync("company");
        var appends = Enumerable.Range(0, 5).Select(_ => writer.AppendAsync(AnEntry())).ToArray();
        while (!Task.WhenAll(appends).IsCompleted)
        {
            machine.Advance(GatherTime); // until the committer has begun to wait, and then to its end
            await database.ScalarAsync<long>("select count(*) from ledger.lanes");
        }

        (await database.ScalarAsync<long>("select count(distinct xmin::text) from ledger.entries where lane = 'company/test' and counter > 12")).ShouldBe(1);
    }

    /// <summary>A batch of ten has just been committed.</summary>
    private async Task<LaneWriter> AfterACrowdAsync(string replica)
    {
        var writer = database.Writer(replica, options: database.Options(replica) with { Machine = machine, GatherTime = GatherTime, TryAfter = TimeSpan.FromDays(1) });
        await writer.AppendAsync(AnEntry());
        Task[] appends;
        await using (await database.HoldAsync($"{replica}/test"))
        {
            var first = writer.AppendAsync(AnEntry());
            await database.UntilBlockedAsync(replica);
            appends = [first, .. Enumerable.Range(0, 10).Select(_ => writer.AppendAsync(AnEntry()))];
        }

        await Task.WhenAll(appends).Soon();
        return writer;
    }
}
