namespace CoreBank.Simulator.Accounts;

/// <summary>Every client of the bank.</summary>
public sealed class ClientBook(IEnumerable<CorporateClient> clients)
{
    private readonly Dictionary<string, CorporateClient> _byId = clients.ToDictionary(client => client.Id, StringComparer.Ordinal);

    public IReadOnlyCollection<CorporateClient> Clients => _byId.Values;

    public CorporateClient? Find(string clientId) => _byId.GetValueOrDefault(clientId);
}
