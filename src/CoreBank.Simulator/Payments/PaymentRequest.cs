namespace CoreBank.Simulator.Payments;

public sealed record PaymentRequest(
    string DebtorAccount, CreditorRequest Creditor, string Amount, string Currency, string Reference, string? RequestedExecutionDate = null);

public sealed record CreditorRequest(string Name, string Account, string? Bank = null);
