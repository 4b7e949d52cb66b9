using System.Globalization;
using CoreBank.Simulator.Accounts;
using CoreBank.Simulator.Transactions;

namespace CoreBank.Simulator.Seed;

/// <summary>
/// An account's past, told backwards from its opening balance, so that the balances after each transaction add up and none is
/// below zero. Oldest first.
/// </summary>
public static class HistorySeed
{
    private static readonly DateTimeOffset s_end = new(2026, 9, 30, 16, 0, 0, TimeSpan.Zero);

    public static Transaction[] Of(Account account, IReadOnlyList<PayeeSeed> counterparties)
    {
        var sequence = new SeedSequence("history of " + account.Id);
        var history = new Transaction[sequence.Between(200, 400)];
        var balance = account.OpeningBalance;
        var at = s_end;
        for (var position = history.Length - 1; position >= 0; position--)
        {
            at = at.AddMinutes(-sequence.Between(20, 2400));
            var amount = Amount(balance, sequence);
            history[position] = Entry(account, position, at, amount, balance, sequence.Pick(counterparties), sequence);
            balance = balance with { Minor = balance.Minor - amount.Minor };
        }
        return history;
    }

    /// <summary>Mostly debits; a credit is no larger than the balance it led to.</summary>
    private static Money Amount(Money balanceAfter, SeedSequence sequence)
    {
        var size = Amounts.Minor(balanceAfter.Currency, sequence.Between(10, sequence.Pick<long>([400, 4_000, 40_000])), sequence);
        var isCredit = sequence.Between(0, 99) < 48;
        return balanceAfter with { Minor = isCredit && size <= balanceAfter.Minor ? size : -size };
    }

    private static Transaction Entry(
        Account account, int position, DateTimeOffset at, Money amount, Money balanceAfter, PayeeSeed counterparty, SeedSequence sequence)
    {
        var number = AccountNumbers.For(counterparty.Country, new SeedSequence("counterparty " + counterparty.Name));
        var reference = string.Create(CultureInfo.InvariantCulture, $"{sequence.Pick(["INV", "RE", "PO", "FRT"])}-{at.Year}-{sequence.Digits(5)}");
        return new Transaction(
            Transaction.IdAt(account, position), at, DateOnly.FromDateTime(at.UtcDateTime), amount, balanceAfter,
            counterparty.Name, number.Value, reference, PaymentId: null);
    }
}
