using CoreBank.Simulator.Transactions;

namespace CoreBank.Simulator.Accounts;

/// <summary>One account: its seeded history, made when it is first asked for, and what was booked since.</summary>
public sealed class Account(string id, string name, AccountNumber number, Money openingBalance, Func<Account, Transaction[]> history)
{
    private readonly Lock _gate = new();
    private readonly List<Transaction> _booked = [];
    private Transaction[]? _history;
    private long _balance = openingBalance.Minor;

    public string Id => id;

    public string Name => name;

    public AccountNumber Number => number;

    public Currency Currency => openingBalance.Currency;

    public Money OpeningBalance => openingBalance;

    public Money Balance
    {
        get
        {
            lock (_gate)
                return new Money(_balance, Currency);
        }
    }

    /// <summary>Books a debit if the balance covers it. Check and debit are one step, so parallel payments cannot overdraw.</summary>
    public bool TryDebit(Debit debit)
    {
        lock (_gate)
        {
            if (debit.Amount.Minor > _balance)
                return false;
            _balance -= debit.Amount.Minor;
            _booked.Add(Transaction.From(debit, this, History().Length + _booked.Count, new Money(_balance, Currency)));
            return true;
        }
    }

    /// <summary>Transactions, newest first, below a position: positions never move, so a page stays true while payments are booked.</summary>
    public TransactionPage TransactionsBelow(int position, int limit)
    {
        lock (_gate)
        {
            var history = History();
            var next = Math.Min(position, history.Length + _booked.Count);
            var page = new List<Transaction>(Math.Min(limit, next));
            while (page.Count < limit && next > 0)
            {
                next--;
                page.Add(next < history.Length ? history[next] : _booked[next - history.Length]);
            }
            return new TransactionPage(page, next > 0 ? next : null);
        }
    }

    private Transaction[] History() => _history ??= history(this);
}
