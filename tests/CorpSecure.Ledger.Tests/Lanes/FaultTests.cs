using static CorpSecure.Ledger.Tests.Databases.Drafts;

namespace CorpSecure.Ledger.Tests.Lanes;

[Collection(Cluster.Name)]
public sealed class FaultTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_poisonous_row_refuses_only_itself()
    {
        await using var writer = database.Writer("poison");
        await writer.AppendAsync(AnEntry());
        var good = Enumerable.Range(0, 6).Select(_ => AnEntry()).ToArray();
        Task[] poisoned;
        Task[] healthy;
        await using (await database.HoldAsync("poison/test"))
        {
            healthy = [writer.AppendAsync(good[0])];
            await database.UntilBlockedAsync("poison");
            poisoned = [writer.AppendAsync(AnEntry("not json")), writer.AppendAsync(AnEntry("{}") with { At = TestDatabase.Now.AddYears(5) })];
            healthy = [.. healthy, .. good[1..].Select(writer.AppendAsync)];
            writer.QueueDepth.ShouldBe(7);
        }

        await Task.WhenAll(healthy).Soon();
        foreach (var append in poisoned)
            (await Should.ThrowAsync<LedgerUnavailableException>(append.Soon)).InnerException.ShouldBeOfType<PostgresException>();
        var rows = await StoredEntry.OfAsync(database, "poison/test");
        rows.Skip(1).Select(row => row.Id).ShouldBe(good.Select(draft => draft.Id), ignoreOrder: true);
        rows.ShouldAllBe(row => row.Epoch == 1, "a poisonous row does not cost the epoch");
        await LaneAudit.ShouldBeWholeAsync(database, "poison/test");
    }

    [Fact]
    public void A_payload_that_is_not_utf8_is_refused_before_it_could_be_stored_as_something_else() =>
        Should.Throw<ArgumentException>(() => new EntryDraft(Guid.CreateVersion7(), EntryKind.Decision, TestDatabase.Now, new byte[] { (byte)'"', 0xC3, (byte)'"' }));

    [Fact]
    public async Task A_full_queue_refuses_at_once()
    {
        await using var writer = database.Writer("full", options: database.Options("full") with { QueueLength = 2 });
        await writer.AppendAsync(AnEntry());
        Task[] waiting;
        await using (await database.HoldAsync("full/test"))
        {
            waiting = [writer.AppendAsync(AnEntry())];
            await database.UntilBlockedAsync("full");
            waiting = [.. waiting, writer.AppendAsync(AnEntry()), writer.AppendAsync(AnEntry())];
            var refused = writer.AppendAsync(AnEntry());
            refused.IsCompleted.ShouldBeTrue();
            (await Should.ThrowAsync<LedgerUnavailableException>(() => refused)).Message.ShouldContain("full");
        }

        await Task.WhenAll(waiting).Soon();
        await LaneAudit.ShouldBeWholeAsync(database, "full/test");
    }

    [Fact]
    public async Task A_lock_held_too_long_refuses_its_waiters_and_spares_the_lane()
    {
        await using var writer = database.Writer("locked");
        await writer.AppendAsync(AnEntry());
        await using (await database.HoldAsync("locked/test"))
        {
            var error = await Should.ThrowAsync<LedgerUnavailableException>(writer.AppendAsync(AnEntry()).Soon);
            error.InnerException.ShouldBeOfType<PostgresException>().SqlState.ShouldBe(PostgresErrorCodes.LockNotAvailable);
        }

        await writer.AppendAsync(AnEntry()).Soon();
        await LaneAudit.ShouldBeWholeAsync(database, "locked/test");
    }

    [Fact]
    public async Task Work_that_fails_while_its_connection_dies_does_not_stop_the_lane()
    {
        await using var committer = database.Committer("dying", new DyingWork(database));
        var failed = committer.CommitAsync(new DyingItem(AnEntry(), Dies: true));
        await Should.ThrowAsync<LedgerUnavailableException>(failed.Soon);
        await committer.CommitAsync(new DyingItem(AnEntry(), Dies: false)).Soon();
        await LaneAudit.ShouldBeWholeAsync(database, "dying/test");
    }

    private sealed record DyingItem(EntryDraft Draft, bool Dies);

    /// <summary>Inside its transaction it ends its own session from elsewhere, then fails.</summary>
    private sealed class DyingWork(TestDatabase database) : ILaneWork<DyingItem>
    {
        private int backend;

        public NpgsqlBatchCommand? Reserve(IReadOnlyList<DyingItem> items) => new("select pg_backend_pid()");

        public async Task SettleAsync(NpgsqlDataReader reservations, IReadOnlyList<DyingItem> items, CancellationToken cancellation)
        {
            await reservations.ReadAsync(cancellation);
            backend = reservations.GetInt32(0);
        }

        public EntryDraft Record(DyingItem item)
        {
            if (!item.Dies)
                return item.Draft;
            using var connection = new NpgsqlConnection(database.Administrator);
            connection.Open();
            using var kill = new NpgsqlCommand($"select pg_terminate_backend({backend}, 5000)", connection);
            kill.ExecuteScalar();
            throw new InvalidOperationException("cannot be recorded");
        }
    }
}
