using CoreBank.Simulator.Hosting;

namespace CoreBank.Simulator.Transactions;

public static class TransactionsModule
{
    public static void MapTransactions(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/corporate/v1/accounts/{accountId}/transactions", List);

    private static IResult List(HttpContext context, string accountId)
    {
        if (!Page.TryRead(context.Request.Query, out var page))
            return Problems.BadPage.AsResult();
        if (context.Client().Find(accountId) is not { } account)
            return Problems.UnknownAccount.AsResult();

        var (transactions, next) = account.TransactionsBelow(page.Position ?? int.MaxValue, page.Limit);
        var views = new List<TransactionView>(transactions.Count);
        foreach (var transaction in transactions)
            views.Add(TransactionView.Of(transaction));
        return Answers.Ok(new TransactionList(account.Id, views, next is { } position ? Page.Cursor(position) : null), SimulatorJson.Strict.TransactionList);
    }
}

public sealed record TransactionList(string AccountId, IReadOnlyList<TransactionView> Transactions, string? Next);

public sealed record CounterpartyView(string Name, string Account);

public sealed record TransactionView(
    string TransactionId, DateTimeOffset BookedAt, DateOnly ValueDate, string Amount, string Currency, string BalanceAfter,
    CounterpartyView Counterparty, string Reference, string? PaymentId)
{
    public static TransactionView Of(Transaction transaction) => new(
        transaction.Id, transaction.BookedAt, transaction.ValueDate, transaction.Amount.ToString(), transaction.Amount.Currency.Code,
        transaction.BalanceAfter.ToString(), new CounterpartyView(transaction.CounterpartyName, transaction.CounterpartyAccount),
        transaction.Reference, transaction.PaymentId);
}
