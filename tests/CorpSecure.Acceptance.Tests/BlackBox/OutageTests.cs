using CorpSecure.Acceptance.Tests.Targets;

namespace CorpSecure.Acceptance.Tests.BlackBox;

public sealed class OutageTests(Target target) : BlackBoxTests(target)
{
    [Fact]
    public async Task With_the_database_away_nothing_is_forwarded_and_it_recovers_by_itself()
    {
        var payment = await LastingPaymentAsync();
        await Target.Hands.StopDatabaseAsync();
        try
        {
            var answer = await SendAsync(payment);
            answer.Status.ShouldBe(503);
            (answer.Code is "audit.unavailable" or "entitlements.stale").ShouldBeTrue(answer.Code);
            (await Target.Witnesses.CoreCallsAsync(answer.DecisionId)).ShouldBeEmpty();

            // A balancer that finds no replica ready must let clients hear it all the same.
            await Eventually.TrueAsync(async () => !await IsWellAsync(Target.Addresses.Ops + "/health/ready"), "the gateway knows that it is not ready");
            (await ReadAsync("/corporate/v1/accounts", await AnnaAsync())).DecisionId.ShouldNotBe(Guid.Empty);
        }
        finally
        {
            await Target.Hands.StartDatabaseAsync();
        }

        await Target.UntilReadyAsync();
        foreach (var identity in new[] { Target.Addresses.IdentityCorporate, Target.Addresses.IdentityStaff })
            await Eventually.TrueAsync(() => IsWellAsync(identity + "/health"), $"{identity} is ready again");
        await Eventually.TrueAsync(async () => (await SendAsync(await PaymentAsync())).Status == 201, "payments go through again");
    }

    [Fact]
    public async Task A_gateway_that_is_restarted_serves_again_and_remembers_what_was_spent()
    {
        var payment = await PaymentAsync();
        await ForwardedAsync(await SendAsync(payment), 201);

        await Target.Hands.RestartGatewayAsync();
        await Target.UntilReadyAsync();

        await RefusedAsync(await SendAsync(payment), 401, "dpop.replayed", told: "dpop.invalid");
        await ForwardedAsync(await SendAsync(await PaymentAsync()), 201);
    }

    private async Task<bool> IsWellAsync(string address)
    {
        using var http = Target.Stranger();
        using var answer = await http.GetAsync(address);
        return answer.IsSuccessStatusCode;
    }
}
