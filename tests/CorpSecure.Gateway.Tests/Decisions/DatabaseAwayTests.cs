using CorpSecure.Gateway.Decisions;
using CorpSecure.Gateway.Tests.World;
using Npgsql;

namespace CorpSecure.Gateway.Tests.Decisions;

/// <summary>With a PostgreSQL of its own, which can be stopped.</summary>
[Collection(GatewayCollection.Name)]
public sealed class DatabaseAwayTests(OwnDatabase database) : IClassFixture<OwnDatabase>
{
    private readonly Surroundings own = database.Own;
    private readonly GatewayWorld world = database.World;

    [Fact]
    public async Task Without_its_database_the_gateway_forwards_nothing_and_comes_back_by_itself()
    {
        (await world.SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"))).Status.ShouldBe(201);
        (await world.SendAsync(ARequest.Get(world, "/corporate/v1/payees").By("anna"))).Status.ShouldBe(200);
        await own.Postgres.StopAsync();
        var before = world.LastCoreCall();

        // A user whose key is known, one whose key is not; signed and not.
        foreach (var request in new[] { ARequest.PaymentBy(world, "anna", "anna-1"), ARequest.Get(world, "/corporate/v1/payees").By("anna"), ARequest.Get(world, "/corporate/v1/payees").By("li") })
        {
            var answer = await world.SendAsync(request);
            (answer.Status, answer.Code).ShouldBe((503, "audit.unavailable"));
            answer.Message.Headers.RetryAfter.ShouldNotBeNull();
            answer.Body!.Value.GetProperty("decisionId").GetGuid().ShouldBe(answer.DecisionId);
        }

        (await HealthAsync("live"), await HealthAsync("ready")).ShouldBe((200, 503));
        (await world.SendAsync(ARequest.Get(world, "/corporate/v1/payees"))).Status.ShouldBe(401);
        world.LastCoreCall().ShouldBe(before);

        await RestartDatabaseAsync();
        (await world.SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"))).Status.ShouldBe(201);
        (await world.SendAsync(ARequest.Get(world, "/corporate/v1/payees").By("li"))).Status.ShouldBe(200);
        (await HealthAsync("ready")).ShouldBe(200);
    }

    [Fact]
    public async Task Refusals_counted_meanwhile_are_written_once_each_afterwards()
    {
        var counter = world.Service<RefusalCounter>();
        var before = await CountedAsync(counter);
        await own.Postgres.StopAsync();
        for (var second = 0; second < 6; second++)
        {
            for (var i = 0; i < 1000; i++)
                counter.Count(AStranger.From($"203.{second}.{i / 250}.{i % 250}"), AStranger.Refused);
            await counter.FlushAsync();
        }

        await RestartDatabaseAsync();
        (await CountedAsync(counter)).ShouldBe(before + 6000);
        (await world.QueryAsync<long>("select count(*) - count(distinct id) from ledger.entries where kind = 3")).ShouldBe(0);
    }

    [Fact]
    public async Task Flushes_at_once_write_each_count_once()
    {
        var counter = world.Service<RefusalCounter>();
        var before = await CountedAsync(counter);
        for (var i = 0; i < 1000; i++)
            counter.Count(AStranger.From($"203.9.{i / 250}.{i % 250}"), AStranger.Refused);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(counter.FlushAsync)));

        (await CountedAsync(counter)).ShouldBe(before + 1000);
    }

    private async Task<long> CountedAsync(RefusalCounter counter)
    {
        await counter.FlushAsync(); // finds out that its connection is gone, if it is
        await counter.FlushAsync();
        return await world.QueryAsync<long>("select count(*) from ledger.entries where kind = 3");
    }

    private async Task RestartDatabaseAsync()
    {
        await own.Postgres.StartAsync();
        await using var administrator = new NpgsqlConnection(world.AdminConnection);
        NpgsqlConnection.ClearPool(administrator); // the tests' own connections are gone too
    }

    private async Task<int> HealthAsync(string kind)
    {
        using var answer = await world.Http.GetAsync(new Uri($"{world.Ops}/health/{kind}"));
        return (int)answer.StatusCode;
    }
}

/// <summary>A gateway on a PostgreSQL that no other test uses.</summary>
public sealed class OwnDatabase : IAsyncLifetime
{
    public Surroundings Own { get; } = new();

    public GatewayWorld World { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Own.InitializeAsync();
        World = await GatewayWorld.StartAsync(Own, policy: PolicyText.Roomy);
    }

    public async Task DisposeAsync()
    {
        await World.DisposeAsync();
        await Own.DisposeAsync();
    }
}
