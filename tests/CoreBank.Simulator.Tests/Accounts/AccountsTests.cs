using System.Net;
using System.Text.Json.Nodes;
using CoreBank.Simulator.Accounts;
using CoreBank.Simulator.Seed;
using CoreBank.Simulator.Tests.Hosting;

namespace CoreBank.Simulator.Tests.Accounts;

public sealed class AccountsTests : CoreTest
{
    [Theory]
    [InlineData("acme", "EUR", "iban")]
    [InlineData("huaxin", "CNY", "local")]
    [InlineData("nordwind", "SEK", "iban")]
    public async Task A_client_sees_its_account(string client, string currency, string scheme)
    {
        var account = (await Core.GetAsync($"/corporate/v1/accounts/acc-{client}-001", client)).Json;

        ((string?)account["currency"], (string?)account["scheme"], (string?)account["status"]).ShouldBe((currency, scheme, "active"));
        ((string)account["balance"]!).ShouldMatch(@"^\d+\.\d\d$");
    }

    [Theory]
    [InlineData("/corporate/v1/accounts/acc-huaxin-001")]
    [InlineData("/corporate/v1/accounts/acc-huaxin-001/transactions")]
    [InlineData("/corporate/v1/accounts/acc-acme-051")]
    public async Task Another_clients_account_is_as_unknown_as_none(string target)
    {
        var answer = await Core.GetAsync(target);
        (answer.Status, answer.Code, answer.MediaType).ShouldBe((HttpStatusCode.NotFound, "account.unknown", "application/problem+json"));
    }

    [Fact]
    public async Task Pages_hold_every_account_once()
    {
        var ids = await PagedAsync("/corporate/v1/accounts", 7, "accounts", "accountId");

        ids.ShouldBe(Enumerable.Range(1, 50).Select(number => $"acc-acme-{number:000}"));
    }

    [Fact]
    public async Task Pages_of_transactions_stay_true_while_payments_are_booked()
    {
        const string Target = "/corporate/v1/accounts/acc-acme-001/transactions";
        var before = await PagedAsync(Target, 200, "transactions", "transactionId");
        var first = (await Core.GetAsync(Target + "?limit=10")).Json;
        await Core.PayAsync(Payments.PaymentBody.With(), "key-1");

        var second = (await Core.GetAsync($"{Target}?limit=10&cursor={first["next"]}")).Json;

        before.Count.ShouldBeInRange(200, 400);
        before.Distinct().Count().ShouldBe(before.Count);
        second["transactions"]!.AsArray().Select(entry => (string)entry!["transactionId"]!).ShouldBe(before.Skip(10).Take(10));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=-1")]
    [InlineData("limit=five")]
    [InlineData("limit=1&limit=2")]
    [InlineData("cursor=none")]
    [InlineData("cursor=")]
    public async Task A_page_that_cannot_be_is_refused(string query)
    {
        var answer = await Core.GetAsync("/corporate/v1/accounts?" + query);
        (answer.Status, answer.Code).ShouldBe((HttpStatusCode.BadRequest, "request.page-invalid"));
    }

    [Fact]
    public async Task Chinese_names_are_written_as_they_are()
    {
        (await Core.GetAsync("/corporate/v1/accounts", "huaxin")).Text.ShouldContain("华新贸易有限公司");
        (await Core.GetAsync("/corporate/v1/payees", "huaxin")).Json["payees"]!.AsArray().Count.ShouldBe(24);
    }

    [Fact]
    public void The_seed_is_the_same_each_time_and_its_numbers_are_right()
    {
        var (one, other) = (BookSeed.Create(), BookSeed.Create());

        foreach (var client in one.Clients)
        {
            client.Accounts.Count.ShouldBe(50);
            client.Payees.Count.ShouldBe(24);
            client.Accounts.Select(AccountView.Of).ShouldBe(other.Find(client.Id)!.Accounts.Select(AccountView.Of));
            client.Accounts.Where(account => account.Number.Scheme == "iban").ShouldAllBe(account => Iban.IsValid(account.Number.Value));
            client.Accounts.Select(account => account.Number.Value).Distinct().Count().ShouldBe(50);
        }
    }

    [Fact]
    public void A_history_adds_up_to_the_balance()
    {
        foreach (var account in BookSeed.Create().Clients.SelectMany(client => client.Accounts))
        {
            var balance = account.Balance.Minor;
            foreach (var transaction in account.TransactionsBelow(int.MaxValue, 1_000).Transactions)
            {
                transaction.BalanceAfter.Minor.ShouldBe(balance);
                balance.ShouldBeGreaterThanOrEqualTo(0);
                balance -= transaction.Amount.Minor;
            }
        }
    }

    private async Task<List<string>> PagedAsync(string target, int limit, string list, string id)
    {
        var ids = new List<string>();
        JsonNode? next = null;
        do
        {
            var page = (await Core.GetAsync($"{target}?limit={limit}{(next is null ? "" : "&cursor=" + next)}")).Json;
            ids.AddRange(page[list]!.AsArray().Select(entry => (string)entry![id]!));
            next = page["next"];
        }
        while (next is not null);
        return ids;
    }
}
