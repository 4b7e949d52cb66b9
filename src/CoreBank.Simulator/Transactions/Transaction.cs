using CoreBank.Simulator.Accounts;

namespace CoreBank.Simulator.Transactions;

/// <summary>One booked movement. A negative amount left the account.</summary>
public sealed record Transaction(
    string Id, DateTimeOffset BookedAt, DateOnly ValueDate, Money Amount, Money BalanceAfter,
    string CounterpartyName, string CounterpartyAccount, string Reference, string? PaymentId)
{
    public static string IdAt(Account account, int position) => $"txn-{account.Id["acc-".Length..]}-{position:000000}";

    public static Transaction From(Debit debit, Account account, int position, Money balanceAfter) => new(
        IdAt(account, position), debit.At, debit.ValueDate, debit.Amount with { Minor = -debit.Amount.Minor }, balanceAfter,
        debit.CreditorName, debit.CreditorAccount, debit.Reference, debit.PaymentId);
}

/// <summary>What a payment takes from an account.</summary>
public sealed record Debit(
    string PaymentId, DateTimeOffset At, DateOnly ValueDate, Money Amount, string CreditorName, string CreditorAccount, string Reference);

/// <summary>Some transactions, and the position below which the next page begins.</summary>
public sealed record TransactionPage(IReadOnlyList<Transaction> Transactions, int? Next);
