using CoreBank.Simulator.Accounts;

namespace CoreBank.Simulator.Payments;

/// <summary>A payment request that passed every check but the balance.</summary>
public sealed record PaymentOrder(
    Account Debtor, Money Amount, string CreditorName, string CreditorAccount, string? CreditorBank, string Reference, DateOnly? RequestedExecutionDate);
