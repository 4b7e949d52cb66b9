using CoreBank.Simulator.Hosting;

namespace CoreBank.Simulator.Accounts;

public static class AccountsModule
{
    public static void MapAccounts(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/corporate/v1/accounts", List);
        endpoints.MapGet("/corporate/v1/accounts/{accountId}", Get);
    }

    private static IResult List(HttpContext context)
    {
        if (!Page.TryRead(context.Request.Query, out var page))
            return Problems.BadPage.AsResult();

        var accounts = context.Client().Accounts;
        var start = Math.Clamp(page.Position ?? 0, 0, accounts.Count);
        var end = (int)Math.Min(accounts.Count, (long)start + page.Limit);
        var views = new List<AccountView>(end - start);
        for (var index = start; index < end; index++)
            views.Add(AccountView.Of(accounts[index]));
        return Answers.Ok(new AccountList(views, end < accounts.Count ? Page.Cursor(end) : null), SimulatorJson.Strict.AccountList);
    }

    private static IResult Get(HttpContext context, string accountId) =>
        context.Client().Find(accountId) is { } account
            ? Answers.Ok(AccountView.Of(account), SimulatorJson.Strict.AccountView)
            : Problems.UnknownAccount.AsResult();
}

public sealed record AccountList(IReadOnlyList<AccountView> Accounts, string? Next);

public sealed record AccountView(string AccountId, string Name, string Number, string Scheme, string Bank, string Currency, string Balance, string Status)
{
    public static AccountView Of(Account account) => new(
        account.Id, account.Name, account.Number.Value, account.Number.Scheme, account.Number.Bank,
        account.Currency.Code, account.Balance.ToString(), "active");
}
