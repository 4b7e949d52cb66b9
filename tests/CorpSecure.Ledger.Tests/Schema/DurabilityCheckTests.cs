using CorpSecure.Ledger.Schema;

namespace CorpSecure.Ledger.Tests.Schema;

[Collection(Cluster.Name)]
public sealed class DurabilityCheckTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_server_that_keeps_its_word_has_no_faults() => (await FaultsAsync()).ShouldBeEmpty();

    [Theory]
    [InlineData("fsync", "off")]
    [InlineData("full_page_writes", "off")]
    [InlineData("synchronous_commit", "off")]
    [InlineData("synchronous_commit", "local")]
    [InlineData("synchronous_commit", "remote_write")]
    public async Task A_server_that_may_forget_a_commit_is_refused(string setting, string value)
    {
        await ConfigureAsync($"alter system set {setting} = {value}", setting, value);
        try
        {
            (await FaultsAsync()).ShouldHaveSingleItem().ShouldContain(setting);
        }
        finally
        {
            await ConfigureAsync($"alter system set {setting} = on", setting, "on");
        }
    }

    [Fact]
    public async Task The_ledgers_own_connections_insist_on_a_commit_that_has_reached_the_disk()
    {
        await ConfigureAsync("alter system set synchronous_commit = off", "synchronous_commit", "off");
        try
        {
            await using var command = database.Open("insists").Source.CreateCommand("show synchronous_commit");
            (await command.ExecuteScalarAsync()).ShouldBe("on");
        }
        finally
        {
            await ConfigureAsync("alter system set synchronous_commit = on", "synchronous_commit", "on");
        }
    }

    private async Task<IReadOnlyList<string>> FaultsAsync()
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString("gateway"));
        return await DurabilityCheck.FaultsAsync(source, CancellationToken.None);
    }

    private async Task ConfigureAsync(string statement, string setting, string expected)
    {
        await database.ExecuteAsync(statement);
        await database.ExecuteAsync("select pg_reload_conf()");
        await database.UntilAsync($"current_setting('{setting}') = '{expected}'");
    }
}
