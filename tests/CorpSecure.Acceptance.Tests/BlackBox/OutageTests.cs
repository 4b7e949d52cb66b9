using CorpSecure.Acceptance.Tests.Targets;

namespace CorpSecure.Acceptance.Tests.BlackBox;

public sealed class OutageTests(Target target) : BlackBoxTests(target)
{
    [Fact]
    public async Task With_the_database_away_nothing_is_forwarded_and_it_recovers_by_itself()
    {
        var payment = await PaymentAsync();
        await Target.Hands.StopDatabaseAsync();
        try
        {
            var answer = await SendAsync(payment);
            answer.Status.ShouldBe(503);
            (answer.Code is "audit.unavailable" or "entitlements.stale").ShouldBeTrue(answer.Code);
            (await Target.Witnesses.CoreCallsAsync(answer.DecisionId)).ShouldBeEmpty();

            // Long enough for every replica to know that it is not ready, and for a balancer to know it too.
            await Eventually.TrueAsync(async () => await IsRefusedAsStaleAsync(), "the gateway knows that it is not ready");
            (await SendAsync(await PaymentAsync(key: null))).Status.ShouldBe(503);
        }
        finally
        {
            await Target.Hands.StartDatabaseAsync();
        }

        await Target.UntilReadyAsync();
        await Eventually.TrueAsync(async () => (await SendAsync(await PaymentAsync())).Status == 201, "payments go through again");
    }

    [Fact]
    public async Task A_gateway_that_is_restarted_serves_again_and_remembers_what_was_spent()
    {
        var payment = await PaymentAsync();
        await ForwardedAsync(await SendAsync(payment), 201);

        await Target.Hands.RestartGatewayAsync();
        await Target.UntilReadyAsync();

        await RefusedAsync(await SendAsync(payment), 401, "signature.nonce-replayed");
        await ForwardedAsync(await SendAsync(await PaymentAsync()), 201);
    }

    private async Task<bool> IsRefusedAsStaleAsync()
    {
        using var http = Target.Stranger();
        using var answer = await http.GetAsync(Target.Addresses.Ops + "/health/ready");
        return (int)answer.StatusCode == 503;
    }
}
