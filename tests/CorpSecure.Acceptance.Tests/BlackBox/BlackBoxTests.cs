using CorpSecure.Acceptance.Tests.Targets;
using CorpSecure.DevHost.Tour;

namespace CorpSecure.Acceptance.Tests.BlackBox;

/// <summary>What every black-box test has at hand. They know the system by its addresses only.</summary>
[Trait("Target", "any")]
[Collection(RunningSystemCollection.Name)]
public abstract class BlackBoxTests(Target target)
{
    private protected Target Target => target;

    private protected async Task<TourAnswer> SendAsync(TourRequest request)
    {
        // A client of its own, hence a connection of its own: a balancer may choose anew.
        using var sender = target.Sender();
        return await sender.SendAsync(request, CancellationToken.None);
    }

    private protected async Task<TourRequest> PaymentAsync(string? key = "anna-1")
    {
        using var sender = target.Sender();
        return await sender.PaymentAsync(await target.People.CallerAsync(target.People.Anna), key, CancellationToken.None);
    }

    /// <summary>One whose token will still count when something slow has been done.</summary>
    private protected async Task<TourRequest> LastingPaymentAsync()
    {
        using var sender = target.Sender();
        return await sender.PaymentAsync(await target.People.LastingCallerAsync(target.People.Anna), "anna-1", CancellationToken.None);
    }

    private protected async Task<TourAnswer> ReadAsync(string path, TourCaller? caller, string? origin = null)
    {
        using var sender = target.Sender();
        return await sender.SendAsync(
            await sender.ReadAsync((origin ?? target.Addresses.Gateway) + path, caller, CancellationToken.None), CancellationToken.None);
    }

    private protected Task<TourCaller> AnnaAsync() => target.People.CallerAsync(target.People.Anna);

    /// <summary>Refused to the caller, for this reason or as much of it as callers are told; so the ledger says; and the core knows nothing of it.</summary>
    private protected async Task RefusedAsync(TourAnswer answer, int status, string reason, string verdict = "Deny", string? told = null)
    {
        answer.Status.ShouldBe(status);
        answer.Code.ShouldBe(told ?? reason);
        var decision = await target.Witnesses.DecisionAsync(answer.DecisionId);
        decision.Verdict.ShouldBe(verdict);
        decision.Reasons[0].ShouldBe(reason);
        (await target.Witnesses.CoreCallsAsync(answer.DecisionId)).ShouldBeEmpty();
    }

    /// <summary>Forwarded once: the ledger allows it and the core accepted it.</summary>
    private protected async Task ForwardedAsync(TourAnswer answer, int status)
    {
        answer.Code.ShouldBeNull();
        answer.Status.ShouldBe(status);
        (await target.Witnesses.DecisionAsync(answer.DecisionId)).Verdict.ShouldBe("Allow");
        var call = (await target.Witnesses.CoreCallsAsync(answer.DecisionId)).ShouldHaveSingleItem();
        call.GetProperty("accepted").GetBoolean().ShouldBeTrue();
    }
}
