using System.Collections.Concurrent;
using System.Text.Json;
using CoreBank.Simulator.Accounts;
using CoreBank.Simulator.Hosting;
using CoreBank.Simulator.Transactions;

namespace CoreBank.Simulator.Payments;

/// <summary>
/// Takes payments in, each idempotency key once. What the request itself has wrong is answered and forgotten, so that it can be
/// corrected; once the balance was asked, the answer stands and is repeated. Payments are kept for the life of the process.
/// </summary>
public sealed class PaymentDesk(TimeProvider time)
{
    public static readonly Problem InsufficientFunds = new(409, "payment.insufficient-funds", "The balance does not cover the payment.");
    private static readonly Problem s_keyReused = new(422, "idempotency-key.reused", "The idempotency key was used with another request.");

    private readonly PaymentRules _rules = new(time);
    private readonly ConcurrentDictionary<(string Client, string Key), Slot> _slots = new();
    private readonly ConcurrentDictionary<string, Payment> _byId = new(StringComparer.Ordinal);

    public Payment? Find(string client, string paymentId) =>
        _byId.TryGetValue(paymentId, out var payment) && payment.Client == client ? payment : null;

    public Payment? FindByKey(string client, string key) =>
        _slots.TryGetValue((client, key), out var slot) ? slot.Read()?.Payment : null;

    public (PaymentAnswer Answer, bool Replay) Take(CorporateClient client, string key, ReadOnlySpan<byte> body, string bodyDigest)
    {
        // One at a time for each key: whoever comes second finds the first one's answer.
        var slot = _slots.GetOrAdd((client.Id, key), _ => new Slot());
        lock (slot.Gate)
        {
            if (slot.First is { } first)
                return Repeat(first, bodyDigest);
            var (order, problem) = Read(body, client);
            if (order is null)
                return (PaymentAnswer.Of(problem ?? Problems.Unexpected), false);
            var payment = Execute(order, client.Id, key);
            slot.First = new FirstAnswer(payment, bodyDigest, PaymentAnswer.Of(payment));
            return (slot.First.Answer, false);
        }
    }

    private static (PaymentAnswer Answer, bool Replay) Repeat(FirstAnswer first, string bodyDigest) =>
        first.BodyDigest == bodyDigest ? (first.Answer, true) : (PaymentAnswer.Of(s_keyReused), false);

    private (PaymentOrder? Order, Problem? Problem) Read(ReadOnlySpan<byte> body, CorporateClient client)
    {
        try
        {
            return JsonSerializer.Deserialize(body, SimulatorJson.Strict.PaymentRequest) is { } request
                ? _rules.Read(request, client)
                : (null, Problems.Malformed("A payment is expected."));
        }
        catch (JsonException exception)
        {
            return (null, Problems.Malformed(exception.Path is { } path ? "At " + path : "Not a JSON document of a payment."));
        }
    }

    private Payment Execute(PaymentOrder order, string client, string key)
    {
        var at = time.GetUtcNow();
        var id = "pay-" + Guid.CreateVersion7(at).ToString("D");
        var valueDate = order.RequestedExecutionDate ?? DateOnly.FromDateTime(at.UtcDateTime);
        var debit = new Debit(id, at, valueDate, order.Amount, order.CreditorName, order.CreditorAccount, order.Reference);
        var status = order.Debtor.TryDebit(debit) ? PaymentStatus.Accepted : PaymentStatus.Rejected;
        return _byId[id] = new Payment(id, client, key, order, at, status);
    }

    private sealed record FirstAnswer(Payment Payment, string BodyDigest, PaymentAnswer Answer);

    private sealed class Slot
    {
        public Lock Gate { get; } = new();

        public FirstAnswer? First { get; set; }

        public FirstAnswer? Read()
        {
            lock (Gate)
                return First;
        }
    }
}
