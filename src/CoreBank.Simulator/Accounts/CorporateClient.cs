using CoreBank.Simulator.Payees;

namespace CoreBank.Simulator.Accounts;

/// <summary>A corporate client of the bank, with its accounts in the order of their ids and its registered payees.</summary>
public sealed class CorporateClient(string id, string name, IReadOnlyList<Account> accounts, IReadOnlyList<Payee> payees)
{
    private readonly Dictionary<string, Account> _byId = accounts.ToDictionary(account => account.Id, StringComparer.Ordinal);

    public string Id => id;

    public string Name => name;

    public IReadOnlyList<Account> Accounts => accounts;

    public IReadOnlyList<Payee> Payees => payees;

    public Account? Find(string accountId) => _byId.GetValueOrDefault(accountId);
}
