using CoreBank.Simulator.Control;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Forwarding;

[Collection(GatewayCollection.Name)]
public sealed class CoreTroubleTests(ImpatientWorld impatient) : IClassFixture<ImpatientWorld>
{
    private readonly GatewayWorld world = impatient.World;

    [Fact]
    public async Task A_core_that_hangs_leaves_the_outcome_unknown_and_a_repeat_finds_it()
    {
        world.Core.Faults.Knobs = new Knobs(HangNext: 1);
        var request = ARequest.PaymentBy(world, "anna", "anna-1");
        var answer = await world.SendAsync(request);
        await ShouldBeAsync(world, answer, 504, "core.silent", "unknown");
        answer.Body!.Value.GetProperty("retryable").GetBoolean().ShouldBeFalse();

        request.Nonce = Guid.NewGuid().ToString("N");
        var again = await world.SendAsync(request);

        again.Status.ShouldBe(201);
        again.Message.Headers.GetValues("Idempotent-Replay").ShouldBe(["true"]);
        world.Core.Calls.Latest(2).Select(call => call.IdempotencyKey).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_core_that_breaks_off_after_the_effect_leaves_the_outcome_unknown_and_is_called_once()
    {
        (await world.SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"))).Status.ShouldBe(201); // the connection is used
        world.Core.Faults.Knobs = new Knobs(ResetNext: 1);
        var answer = await world.SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"));

        await ShouldBeAsync(world, answer, 502, "core.interrupted", "unknown");
        world.CoreCalls(answer.DecisionId).ShouldBe(1);
    }

    [Fact]
    public async Task A_read_broken_off_is_not_repeated_under_the_same_decision()
    {
        (await world.SendAsync(ARequest.Get(world, "/corporate/v1/payees").By("anna"))).Status.ShouldBe(200);
        world.Core.Faults.Knobs = new Knobs(ResetBefore: 1);
        var answer = await world.SendAsync(ARequest.Get(world, "/corporate/v1/payees").By("anna"));

        await ShouldBeAsync(world, answer, 502, "core.interrupted", "unknown");
        world.CoreCalls(answer.DecisionId).ShouldBe(1);
    }

    [Fact]
    public async Task A_repeat_under_a_fresh_nonce_gets_the_first_answer()
    {
        var request = ARequest.PaymentBy(world, "anna", "anna-1");
        var first = await world.SendAsync(request);
        request.Nonce = Guid.NewGuid().ToString("N");
        var second = await world.SendAsync(request);

        (first.Status, second.Status).ShouldBe((201, 201));
        second.Body!.Value.GetProperty("paymentId").GetString().ShouldBe(first.Body!.Value.GetProperty("paymentId").GetString());
        second.DecisionId.ShouldNotBe(first.DecisionId);
        (await world.EntriesAsync(second.DecisionId)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_core_that_does_not_accept_the_gateway_is_not_told_as_the_callers_fault()
    {
        world.Core.Faults.Knobs = new Knobs(ErrorRate: 1, ErrorStatus: 401);
        var answer = await world.SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"));
        world.Core.Faults.Knobs = new Knobs();

        (answer.Status, answer.Code).ShouldBe((502, "core.rejected"));
        answer.Message.Headers.WwwAuthenticate.ShouldBeEmpty();
        (await world.EntriesAsync(answer.DecisionId))[1].Text("state").ShouldBe("answered");
    }

    internal static async Task ShouldBeAsync(GatewayWorld world, Answer answer, int status, string reason, string state)
    {
        (answer.Status, answer.Code).ShouldBe((status, reason));
        var entries = await world.EntriesAsync(answer.DecisionId);
        if (entries.Count == 1) // the outcome of a read is not waited for
            await world.UntilAsync($"select count(*) = 2 from ledger.entries where id = '{answer.DecisionId}'");
        entries = await world.EntriesAsync(answer.DecisionId);
        (entries[0].Text("verdict"), entries[1].Text("state"), entries[1].Text("status")).ShouldBe(("Allow", state, null));
    }
}

[Collection(GatewayCollection.Name)]
public sealed class CoreDownTests(Surroundings surroundings)
{
    [Fact]
    public async Task A_core_that_is_down_is_a_failure_that_may_be_tried_again()
    {
        await using var world = await GatewayWorld.StartAsync(surroundings);
        await world.Core.DisposeAsync();
        foreach (var request in new[] { ARequest.PaymentBy(world, "anna", "anna-1"), ARequest.Get(world, "/corporate/v1/payees").By("anna") })
        {
            var answer = await world.SendAsync(request);
            await CoreTroubleTests.ShouldBeAsync(world, answer, 502, "core.unreachable", "failed");
            answer.Body!.Value.GetProperty("retryable").GetBoolean().ShouldBeTrue();
        }
    }
}

/// <summary>A gateway that waits a second for its core.</summary>
public sealed class ImpatientWorld(Surroundings surroundings) : IAsyncLifetime
{
    public GatewayWorld World { get; private set; } = null!;

    public async Task InitializeAsync() => World = await GatewayWorld.StartAsync(surroundings, settings => settings["Core:ActivityTimeout"] = "00:00:01", PolicyText.Roomy);

    public async Task DisposeAsync() => await World.DisposeAsync();
}
