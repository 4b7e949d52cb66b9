using System.Net;
using CoreBank.Simulator.Accounts;
using CoreBank.Simulator.Tests.Hosting;

namespace CoreBank.Simulator.Tests.Payments;

public sealed class PaymentsTests : CoreTest
{
    [Fact]
    public async Task A_payment_is_accepted_debited_and_shown()
    {
        var before = await BalanceAsync();

        var answer = await Core.PayAsync(PaymentBody.With(more: ",\"requestedExecutionDate\":\"2026-11-25\""), "key-1");

        answer.Status.ShouldBe(HttpStatusCode.Created);
        var id = (string)answer.Json["paymentId"]!;
        answer.Location.ShouldBe("/corporate/v1/payments/" + id);
        ((string?)answer.Json["status"], (string?)answer.Json["amount"], answer.Replay).ShouldBe(("accepted", "1250.00", false));
        (before - await BalanceAsync()).ShouldBe(125000);
        (await Core.GetAsync(answer.Location!)).Text.ShouldBe(answer.Text);
        (await Core.GetAsync("/corporate/v1/payments/by-idempotency-key/key-1")).Text.ShouldBe(answer.Text);
        var newest = (await Core.GetAsync("/corporate/v1/accounts/acc-acme-001/transactions?limit=1")).Json["transactions"]![0]!;
        ((string?)newest["paymentId"], (string?)newest["amount"], (string?)newest["valueDate"]).ShouldBe((id, "-1250.00", "2026-11-25"));
    }

    [Fact]
    public async Task The_same_request_gets_the_first_answer_and_pays_once()
    {
        var first = await Core.PayAsync(PaymentBody.With(), "key-1");
        var balance = await BalanceAsync();
        Core.Clock.Advance(TimeSpan.FromHours(1));

        var second = await Core.PayAsync(PaymentBody.With(), "key-1");

        second.ShouldBe(first with { Replay = true });
        (await BalanceAsync()).ShouldBe(balance);
    }

    [Fact]
    public async Task Another_request_under_the_same_key_is_refused()
    {
        await Core.PayAsync(PaymentBody.With(), "key-1");
        var balance = await BalanceAsync();

        var second = await Core.PayAsync(PaymentBody.With(amount: "1250.01"), "key-1");

        (second.Status, second.Code, second.Replay).ShouldBe((HttpStatusCode.UnprocessableEntity, "idempotency-key.reused", false));
        (await BalanceAsync()).ShouldBe(balance);
    }

    [Fact]
    public async Task Keys_and_payments_of_clients_are_apart()
    {
        var acme = await Core.PayAsync(PaymentBody.With(), "key-1");

        (await Core.GetAsync(acme.Location!, "nordwind")).Code.ShouldBe("payment.unknown");
        (await Core.GetAsync("/corporate/v1/payments/by-idempotency-key/key-1", "nordwind")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Core.PayAsync(PaymentBody.With("acc-nordwind-001", "10.00", "SEK"), "key-1", "nordwind")).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Fifty_at_once_under_one_key_make_one_payment()
    {
        var before = await BalanceAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Core.PayAsync(PaymentBody.With(), "key-1")));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Created);
        answers.Select(answer => answer.Text).Distinct().Count().ShouldBe(1);
        answers.Count(answer => !answer.Replay).ShouldBe(1);
        (before - await BalanceAsync()).ShouldBe(125000);
    }

    [Fact]
    public async Task Payments_at_once_never_overdraw()
    {
        var before = await BalanceAsync();
        var amount = new Money(before / 10 + 1, Currency.Of("EUR")).ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(number => Core.PayAsync(PaymentBody.With(amount: amount), "key-" + number)));

        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(9);
        answers.Where(answer => answer.Status != HttpStatusCode.Created)
            .ShouldAllBe(answer => answer.Status == HttpStatusCode.Conflict && answer.Code == "payment.insufficient-funds");
        (await BalanceAsync()).ShouldBe(before - 9 * (before / 10 + 1));
    }

    [Fact]
    public async Task A_payment_without_cover_is_on_record_as_rejected()
    {
        var first = await Core.PayAsync(PaymentBody.With(amount: "999999999.00"), "key-1");

        (first.Status, first.Code).ShouldBe((HttpStatusCode.Conflict, "payment.insufficient-funds"));
        (await Core.PayAsync(PaymentBody.With(amount: "999999999.00"), "key-1")).ShouldBe(first with { Replay = true });
        var seen = (await Core.GetAsync("/corporate/v1/payments/by-idempotency-key/key-1")).Json;
        ((string?)seen["status"], (string?)seen["rejection"], seen["acceptedAt"]).ShouldBe(("rejected", "payment.insufficient-funds", null));
    }

    [Fact]
    public async Task A_request_that_was_wrong_may_be_corrected_under_its_key()
    {
        (await Core.PayAsync(PaymentBody.With(amount: "0.00"), "key-1")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        (await Core.PayAsync(PaymentBody.With(), "key-1")).Status.ShouldBe(HttpStatusCode.Created);
    }

    private async Task<long> BalanceAsync()
    {
        var account = (await Core.GetAsync("/corporate/v1/accounts/acc-acme-001")).Json;
        Money.TryParse((string)account["balance"]!, Currency.Of("EUR"), out var money).ShouldBeTrue();
        return money.Minor;
    }
}
