using CorpSecure.DevHost.Postgres;
using static CorpSecure.Ledger.Tests.Databases.Drafts;

namespace CorpSecure.Ledger.Tests.Lanes;

[Collection(Cluster.Name)]
public sealed class LostConnectionTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    /// <summary>A standby that never comes makes a commit wait after it is on this disk and before it is acknowledged.</summary>
    private const string Waiting = "exists (select from pg_stat_activity where application_name = '{0}' and wait_event = 'SyncRep')";

    [Fact]
    public async Task A_connection_killed_during_its_commit_leaves_the_entry_marked_as_abandoned()
    {
        await using var writer = database.Writer("killed");
        var (before, doubtful, after) = (AnEntry(), AnEntry(), AnEntry());
        await writer.AppendAsync(before);
        await WithoutStandbyAsync(async () =>
        {
            var append = writer.AppendAsync(doubtful);
            await database.UntilAsync(string.Format(Waiting, "killed"));
            await KillAsync("killed");
            await Should.ThrowAsync<LedgerUnavailableException>(append.Soon);
        });

        await writer.AppendAsync(after).Soon();
        var rows = await StoredEntry.OfAsync(database, "killed/test");
        rows.Select(row => (row.Id, (EntryKind)row.Kind, row.Epoch)).ShouldBe(
        [
            (before.Id, EntryKind.Decision, 1),
            (doubtful.Id, EntryKind.Decision, 1), // it had been committed after all
            (doubtful.Id, EntryKind.Abandoned, 2),
            (after.Id, EntryKind.Decision, 2),
        ]);
        await LaneAudit.ShouldBeWholeAsync(database, "killed/test");
    }

    [Fact]
    public async Task A_commit_that_no_standby_confirms_is_not_told_as_durable()
    {
        await using var writer = database.Writer("unconfirmed");
        await writer.AppendAsync(AnEntry());
        await WithoutStandbyAsync(() => Should.ThrowAsync<LedgerUnavailableException>(writer.AppendAsync(AnEntry()).Soon));
        await KillAsync("unconfirmed");
        await writer.AppendAsync(AnEntry()).Soon();
        await LaneAudit.ShouldBeWholeAsync(database, "unconfirmed/test");
    }

    [Fact]
    public async Task An_entry_whose_server_says_goodbye_instead_of_answering_is_in_doubt()
    {
        await using var writer = database.Writer("goodbye", options: database.Options("goodbye", "gateway") with { TryAfter = TimeSpan.FromHours(1) });
        await writer.AppendAsync(AnEntry());
        await KillAsync("goodbye");
        var doubtful = AnEntry();
        await Should.ThrowAsync<LedgerUnavailableException>(writer.AppendAsync(doubtful).Soon);
        await writer.AppendAsync(AnEntry()).Soon();
        (await StoredEntry.OfAsync(database, "goodbye/test")).ShouldContain(row => row.Id == doubtful.Id && row.Kind == (short)EntryKind.Abandoned);
        await LaneAudit.ShouldBeWholeAsync(database, "goodbye/test");
    }

    [Fact]
    public async Task A_connection_that_died_while_it_rested_is_replaced_before_anything_is_put_on_it()
    {
        await using var writer = database.Writer("rested", options: database.Options("rested", "gateway") with { TryAfter = TimeSpan.Zero });
        await writer.AppendAsync(AnEntry());
        await KillAsync("rested");
        await writer.AppendAsync(AnEntry()).Soon();
        (await StoredEntry.OfAsync(database, "rested/test")).Select(row => (row.Kind, row.Epoch)).ShouldBe([((short)EntryKind.Decision, 1L), ((short)EntryKind.Decision, 2L)]);
        await LaneAudit.ShouldBeWholeAsync(database, "rested/test");
    }

    [Fact]
    public async Task Everyone_who_waits_is_told_when_the_server_goes_and_served_again_when_it_is_back()
    {
        await using var writer = database.Writer("restart");
        await writer.AppendAsync(AnEntry());
        await database.Cluster.Server.StopAsync(StopMode.Immediate);
        try
        {
            foreach (var append in Enumerable.Range(0, 20).Select(_ => writer.AppendAsync(AnEntry())).ToArray())
                await Should.ThrowAsync<LedgerUnavailableException>(append.Soon);
        }
        finally
        {
            await database.Cluster.Server.StartAsync();
        }

        await writer.AppendAsync(AnEntry()).Soon();
        await LaneAudit.ShouldBeWholeAsync(database, "restart/test");
    }

    private Task KillAsync(string replica) =>
        database.ExecuteAsync($"select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = '{replica}'");

    private async Task WithoutStandbyAsync(Func<Task> action)
    {
        await ConfigureAsync("alter system set synchronous_standby_names = 'nobody'", "nobody");
        try
        {
            await action();
        }
        finally
        {
            await ConfigureAsync("alter system reset synchronous_standby_names", "");
        }
    }

    private async Task ConfigureAsync(string statement, string expected)
    {
        await database.ExecuteAsync(statement);
        await database.ExecuteAsync("select pg_reload_conf()");
        await database.UntilAsync($"current_setting('synchronous_standby_names') = '{expected}'");
    }
}
