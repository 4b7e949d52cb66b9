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
        return sender.Payment(await target.People.TokenOfAsync(target.People.Anna), key);
    }

    /// <summary>One whose token will still count when something slow has been done.</summary>
    private protected async Task<TourRequest> LastingPaymentAsync()
    {
        using var sender = target.Sender();
        return sender.Payment(await target.People.LastingTokenOfAsync(target.People.Anna), "anna-1");
    }

    private protected TourRequest Read(string path, string? token, string? origin = null) =>
        new(HttpMethod.Get, (origin ?? target.Addresses.Gateway) + path, token);

    /// <summary>Refused to the caller, for this reason; so the ledger says; and the core knows nothing of it.</summary>
    private protected async Task RefusedAsync(TourAnswer answer, int status, string reason, string verdict = "Deny")
    {
        answer.Status.ShouldBe(status);
        answer.Code.ShouldBe(reason);
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
