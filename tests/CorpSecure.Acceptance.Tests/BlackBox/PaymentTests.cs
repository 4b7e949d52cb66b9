using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CorpSecure.Acceptance.Tests.Targets;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Acceptance.Tests.BlackBox;

public sealed class PaymentTests(Target target) : BlackBoxTests(target)
{
    private const int Copies = 9;

    [Fact]
    public async Task A_portal_pays_and_the_core_sees_exactly_one_call_with_the_decision()
    {
        var anna = Target.People.Anna;
        using var portal = new Portal(Target.Demo, Target.Addresses.Gateway, await Target.People.OfAsync(anna), anna.SigningKey);

        var answer = await portal.Http.PostAsJsonAsync("/corporate/v1/payments", new
        {
            debtorAccount = "acc-acme-001",
            creditor = new { name = "Nordwind Shipping AB", account = "SE4550000000058398257466" },
            amount = "17.25",
            currency = "EUR",
            reference = "ACCEPTANCE",
        });

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString().ShouldBe("accepted");
        var decision = Guid.Parse(answer.Headers.GetValues(HeaderNames.DecisionId).Single());
        var call = (await Target.Witnesses.CoreCallsAsync(decision)).ShouldHaveSingleItem();
        call.GetProperty("accepted").GetBoolean().ShouldBeTrue();
        call.GetProperty("client").GetString().ShouldBe("acme");
        call.GetProperty("subject").GetString().ShouldBe(anna.Subject);
        var recorded = await Target.Witnesses.DecisionAsync(decision);
        (recorded.Verdict, recorded.Enforcement, recorded.Route).ShouldBe(("Allow", "forward", "payments.create"));
    }

    [Fact]
    public async Task A_body_changed_after_signing_is_refused()
    {
        var request = await PaymentAsync();
        request.Body![request.Body.AsSpan().IndexOf("12.50"u8)] = (byte)'9';

        await RefusedAsync(await SendAsync(request), 400, "digest.mismatch");
    }

    [Fact]
    public async Task A_payment_without_a_signature_is_refused() =>
        await RefusedAsync(await SendAsync(await PaymentAsync(key: null)), 401, "signature.missing");

    [Fact]
    public async Task A_payment_signed_with_a_revoked_key_is_refused() =>
        await RefusedAsync(await SendAsync(await PaymentAsync("anna-revoked")), 401, "signature.key-revoked");

    [Fact]
    public async Task A_signed_request_counts_once_whichever_replica_gets_its_copy()
    {
        var request = await PaymentAsync();
        var first = await SendAsync(request);
        await ForwardedAsync(first, 201);

        var replicas = new HashSet<string?>();
        for (var copy = 0; copy < Copies; copy++)
        {
            var again = await SendAsync(request);
            await RefusedAsync(again, 401, "dpop.replayed", told: "dpop.invalid");
            replicas.Add((await Target.Witnesses.DecisionAsync(again.DecisionId)).Replica);
        }

        replicas.Count.ShouldBe(await Target.Hands.ReplicasAsync(), "the copies reached every replica");
    }

    [Fact]
    public async Task Copies_sent_at_the_same_moment_count_once()
    {
        var request = await PaymentAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, Copies).Select(_ => SendAsync(request)));

        await ForwardedAsync(answers.Single(answer => answer.Status == 201), 201);
        foreach (var copy in answers.Where(answer => answer.Status != 201))
            await RefusedAsync(copy, 401, "dpop.replayed", told: "dpop.invalid");
    }
}
