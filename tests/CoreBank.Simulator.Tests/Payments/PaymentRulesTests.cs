using System.Net;
using CoreBank.Simulator.Tests.Hosting;

namespace CoreBank.Simulator.Tests.Payments;

public sealed class PaymentRulesTests : CoreTest
{
    public static TheoryData<string, string> Invalid => new()
    {
        { PaymentBody.With(amount: "0"), "payment.amount-invalid" },
        { PaymentBody.With(amount: "-5.00"), "payment.amount-invalid" },
        { PaymentBody.With(amount: "5.001"), "payment.amount-invalid" },
        { PaymentBody.With(debtor: "acc-acme-010", amount: "5.0", currency: "JPY"), "payment.amount-invalid" },
        { PaymentBody.With(currency: "XXX"), "payment.currency-unknown" },
        { PaymentBody.With(currency: "USD"), "payment.currency-mismatch" },
        { PaymentBody.With(reference: " "), "payment.reference-invalid" },
        { PaymentBody.With(reference: "a\\u0007"), "payment.reference-invalid" },
        { PaymentBody.With(creditor: """{"name":"","account":"12345678"}"""), "payment.creditor-name-invalid" },
        { PaymentBody.With(creditor: """{"name":"A","account":"DE88370400440532013000"}"""), "payment.creditor-account-invalid" },
        { PaymentBody.With(creditor: """{"name":"A","account":"1234 5678"}"""), "payment.creditor-account-invalid" },
        { PaymentBody.With(creditor: """{"name":"A","account":"12345678","bank":"CBSI"}"""), "payment.creditor-bank-invalid" },
        { PaymentBody.With(more: ",\"requestedExecutionDate\":\"2026-11-18\""), "payment.execution-date-invalid" },
        { PaymentBody.With(more: ",\"requestedExecutionDate\":\"25.11.2026\""), "payment.execution-date-invalid" },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task A_payment_that_breaks_a_rule_is_refused(string body, string code)
    {
        var answer = await Core.PayAsync(body, "key-1");
        (answer.Status, answer.Code, answer.MediaType).ShouldBe((HttpStatusCode.UnprocessableEntity, code, "application/problem+json"));
    }

    public static TheoryData<string> Malformed => new()
    {
        "{",
        "null",
        "[]",
        PaymentBody.With() + "{}",
        PaymentBody.With(more: ",\"extra\":1"),
        PaymentBody.With(more: ",\"amount\":\"1.00\""),
        PaymentBody.With(creditor: """{"name":"A","name":"B","account":"12345678"}"""),
        PaymentBody.With(creditor: """{"name":"A"}"""),
        PaymentBody.With(creditor: "null"),
        PaymentBody.With().Replace("\"1250.00\"", "1250.00", StringComparison.Ordinal),
        PaymentBody.With().Replace("\"amount\"", "\"Amount\"", StringComparison.Ordinal),
        PaymentBody.With(reference: "\\ud800"),
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_document_that_is_no_payment_is_refused(string body)
    {
        var answer = await Core.PayAsync(body, "key-1");
        (answer.Status, answer.Code, answer.MediaType).ShouldBe((HttpStatusCode.BadRequest, "request.malformed", "application/problem+json"));
    }

    [Fact]
    public async Task A_payment_needs_a_key()
    {
        (await Core.PayAsync(PaymentBody.With(), null)).Code.ShouldBe("idempotency-key.missing");
        (await Core.PayAsync(PaymentBody.With(), "two words")).Code.ShouldBe("idempotency-key.invalid");
        (await Core.PayAsync(PaymentBody.With(), new string('k', 256))).Code.ShouldBe("idempotency-key.invalid");
    }

    [Fact]
    public async Task Another_clients_account_cannot_be_debited()
    {
        var answer = await Core.PayAsync(PaymentBody.With("acc-nordwind-001", "1.00", "SEK"), "key-1");
        (answer.Status, answer.Code).ShouldBe((HttpStatusCode.NotFound, "account.unknown"));
    }

    [Fact]
    public async Task A_yen_has_no_decimals()
    {
        var answer = await Core.PayAsync(PaymentBody.With("acc-acme-010", "1250", "JPY"), "key-1");
        (answer.Status, (string?)answer.Json["amount"]).ShouldBe((HttpStatusCode.Created, "1250"));
    }

    [Fact]
    public async Task A_body_above_the_limit_is_refused_and_recorded()
    {
        var answer = await Core.PayAsync(PaymentBody.With(reference: new string('r', 70_000)), "key-1");

        answer.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        var call = Core.Host.Calls.Latest(1).Single();
        (call.Accepted, call.Rejection, call.Status).ShouldBe((false, "body.unreadable", 413));
    }
}
