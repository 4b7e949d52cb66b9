using System.Text.Json;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Ops;

[Collection(GatewayCollection.Name)]
public sealed class DecisionFeedTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    [Fact]
    public async Task The_feed_tells_each_decision_once_while_many_are_made()
    {
        var cursor = (await AskAsync("/ops/v1/decisions/feed")).GetProperty("cursor").GetString();
        var made = Task.WhenAll(Enumerable.Range(0, 60).Select(i => World.SendAsync(i % 3 == 0
            ? ARequest.PaymentBy(World, "anna", "anna-1")
            : ARequest.Get(World, "/corporate/v1/payees").By(i % 3 == 1 ? "anna" : "li"))));
        var told = new List<Guid>();

        async Task ReadAsync()
        {
            var page = await AskAsync($"/ops/v1/decisions/feed?after={cursor}");
            cursor = page.GetProperty("cursor").GetString();
            told.AddRange(page.GetProperty("decisions").EnumerateArray().Select(decision => decision.GetProperty("id").GetGuid()));
        }

        while (!made.IsCompleted)
            await ReadAsync();
        await ReadAsync();

        var ids = (await made).Select(answer => answer.DecisionId).ToArray();
        ids.ShouldBeSubsetOf(told);
        told.Distinct().Count().ShouldBe(told.Count);
    }

    [Fact]
    public async Task The_feed_waits_for_someone_elses_decision_and_not_for_its_own()
    {
        var cursor = (await AskAsync("/ops/v1/decisions/feed")).GetProperty("cursor").GetString();
        var before = await World.QueryAsync<long>("select counter from ledger.lanes where lane = 'gateway-1/decisions'");
        var feed = AskAsync($"/ops/v1/decisions/feed?after={cursor}&wait=20");
        await World.UntilAsync($"select counter > {before} from ledger.lanes where lane = 'gateway-1/decisions'");
        for (var turn = 0; turn < 20; turn++)
            await World.QueryAsync<bool>("select true");
        feed.IsCompleted.ShouldBeFalse("its own decision is no news");

        var read = await World.SendAsync(ARequest.Get(World, "/corporate/v1/payees").By("anna"));
        for (var tries = 0; !feed.IsCompleted; tries++)
        {
            tries.ShouldBeLessThan(200);
            await World.PassAsync(TimeSpan.FromMilliseconds(500));
        }

        (await feed).GetProperty("decisions").EnumerateArray().Select(decision => decision.GetProperty("id").GetGuid()).ShouldContain(read.DecisionId);
    }

    [Fact]
    public async Task The_feed_answers_when_its_time_is_over()
    {
        var cursor = (await AskAsync("/ops/v1/decisions/feed")).GetProperty("cursor").GetString();
        var feed = AskAsync($"/ops/v1/decisions/feed?after={cursor}&wait=3");
        for (var tries = 0; !feed.IsCompleted; tries++)
        {
            tries.ShouldBeLessThan(500);
            await World.PassAsync(TimeSpan.FromMilliseconds(500));
        }

        (await feed).GetProperty("cursor").GetString().ShouldNotBe(cursor);
    }

    private async Task<JsonElement> AskAsync(string target)
    {
        var answer = await World.SendAsync(new ARequest(World, HttpMethod.Get, target) { Origin = World.Ops }.By("rita"));
        answer.Status.ShouldBe(200);
        return answer.Body!.Value;
    }
}
