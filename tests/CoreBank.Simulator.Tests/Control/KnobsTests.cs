using System.Net;
using CoreBank.Simulator.Control;
using CoreBank.Simulator.Tests.Hosting;
using CoreBank.Simulator.Tests.Payments;

namespace CoreBank.Simulator.Tests.Control;

public sealed class KnobsTests : CoreTest
{
    private const string Look = "/corporate/v1/payments/by-idempotency-key/key-1";

    [Fact]
    public async Task Every_fourth_call_fails_and_has_no_effect()
    {
        Core.Host.Faults.Knobs = new Knobs(ErrorRate: 0.25, ErrorStatus: 502);

        var statuses = new List<int>();
        for (var call = 0; call < 8; call++)
            statuses.Add((int)(await Core.PayAsync(PaymentBody.With(), "key-" + call)).Status);

        statuses.ShouldBe([201, 201, 201, 502, 201, 201, 201, 502]);
        Core.Host.Faults.Knobs = new Knobs();
        (await Core.GetAsync("/corporate/v1/payments/by-idempotency-key/key-3")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.1, 100)]
    [InlineData(0.3, 300)]
    [InlineData(1.0, 1000)]
    public void The_error_rate_is_exact(double rate, int errors)
    {
        var plan = new FaultPlan { Knobs = new Knobs(ErrorRate: rate) };
        Enumerable.Range(0, 1000).Count(_ => plan.Next().Mishap == Mishap.Error).ShouldBe(errors);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_reset_after_the_effect_leaves_the_payment(string version)
    {
        Core.Client.DefaultRequestVersion = Version.Parse(version);
        Core.Host.Faults.Knobs = new Knobs(ResetNext: 1);

        await Should.ThrowAsync<HttpRequestException>(() => Core.PayAsync(PaymentBody.With(), "key-1"));

        (await Core.GetAsync(Look)).Status.ShouldBe(HttpStatusCode.OK);
        var call = Core.Host.Calls.Latest(10)[0];
        (call.Accepted, call.Status, call.IdempotencyKey).ShouldBe((true, null, "key-1"));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_reset_before_the_effect_leaves_nothing(string version)
    {
        Core.Client.DefaultRequestVersion = Version.Parse(version);
        Core.Host.Faults.Knobs = new Knobs(ResetBefore: 1);

        await Should.ThrowAsync<HttpRequestException>(() => Core.PayAsync(PaymentBody.With(), "key-1"));

        (await Core.GetAsync(Look)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_hanging_call_took_effect_and_is_never_answered()
    {
        Core.Host.Faults.Knobs = new Knobs(HangNext: 1);

        var hanging = Core.PayAsync(PaymentBody.With(), "key-1");
        while (Core.Host.Faults.Knobs.HangNext == 1)
            await Task.Yield();
        HttpStatusCode seen;
        do
            seen = (await Core.GetAsync(Look)).Status;
        while (seen == HttpStatusCode.NotFound && !hanging.IsCompleted);

        (seen, hanging.IsCompleted).ShouldBe((HttpStatusCode.OK, false));
        await Core.Host.DisposeAsync();
        await Should.ThrowAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task Latency_is_waited_before_the_effect()
    {
        Core.Host.Faults.Knobs = new Knobs(Latency: TimeSpan.FromSeconds(10));
        var slow = Core.PayAsync(PaymentBody.With(), "key-1");
        while (Core.Host.Calls.Latest(1).Count == 0)
            await Task.Yield();
        slow.IsCompleted.ShouldBeFalse();

        // The call may still be between its record and its wait.
        while (!slow.IsCompleted)
        {
            Core.Clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        (await slow).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_rejected_call_uses_no_mishap_up()
    {
        Core.Host.Faults.Knobs = new Knobs(ResetNext: 1);

        (await Core.SendWithAsync(HttpMethod.Get, Look, "", null, [])).Status.ShouldBe(HttpStatusCode.Unauthorized);

        Core.Host.Faults.Knobs.ResetNext.ShouldBe(1);
    }
}
