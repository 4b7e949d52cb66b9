namespace CoreBank.Simulator.Payments;

public enum PaymentStatus
{
    Rejected = 0,
    Accepted,
}

/// <summary>A payment that was decided on, either way.</summary>
public sealed record Payment(string Id, string Client, string IdempotencyKey, PaymentOrder Order, DateTimeOffset At, PaymentStatus Status);

/// <summary>A payment as callers see it.</summary>
public sealed record PaymentView(
    string PaymentId, string Status, string DebtorAccount, string Amount, string Currency, DateTimeOffset? AcceptedAt, CreditorView Creditor,
    string Reference, DateOnly? RequestedExecutionDate, string? Rejection)
{
    public static PaymentView Of(Payment payment) => new(
        payment.Id,
        payment.Status switch
        {
            PaymentStatus.Accepted => "accepted",
            PaymentStatus.Rejected => "rejected",
        },
        payment.Order.Debtor.Id, payment.Order.Amount.ToString(), payment.Order.Amount.Currency.Code,
        payment.Status == PaymentStatus.Accepted ? payment.At : null,
        new CreditorView(payment.Order.CreditorName, payment.Order.CreditorAccount, payment.Order.CreditorBank),
        payment.Order.Reference, payment.Order.RequestedExecutionDate,
        payment.Status == PaymentStatus.Rejected ? PaymentDesk.InsufficientFunds.Code : null);
}

public sealed record CreditorView(string Name, string Account, string? Bank);
