using System.Globalization;
using CoreBank.Simulator.Accounts;
using CoreBank.Simulator.Payees;

namespace CoreBank.Simulator.Seed;

/// <summary>Makes the clients, accounts and payees of the demo: the same in every run.</summary>
public static class BookSeed
{
    private const int AccountsPerClient = 50;
    private static readonly DateOnly s_earliestPayee = new(2019, 1, 7);

    public static ClientBook Create() => new(ClientSeeds.All.Select(Client));

    private static CorporateClient Client(ClientSeed seed) => new(
        seed.Id, seed.Name,
        [.. Enumerable.Range(0, AccountsPerClient).Select(index => AccountAt(seed, index))],
        [.. seed.Payees.Select((payee, index) => PayeeAt(seed, payee, index))]);

    private static Account AccountAt(ClientSeed seed, int index)
    {
        var id = Numbered("acc", seed, index);
        var sequence = new SeedSequence(id);
        var kind = seed.Accounts[index % seed.Accounts.Count];
        var purpose = seed.Purposes[index / seed.Places.Count % seed.Purposes.Count];
        var name = $"{seed.Name} {seed.Places[index % seed.Places.Count]} {purpose}";
        return new Account(id, name, AccountNumbers.For(kind.Country, sequence), Balance(Currency.Of(kind.Currency), index, sequence), account =>
            HistorySeed.Of(account, seed.Payees));
    }

    /// <summary>The first accounts of a client are well filled; the others hold between a little and a few millions.</summary>
    private static Money Balance(Currency currency, int index, SeedSequence sequence)
    {
        var units = index < 10 ? sequence.Between(2_000_000, 9_000_000) : sequence.Between(800, 3_000_000);
        return new Money(Amounts.Minor(currency, units, sequence), currency);
    }

    private static Payee PayeeAt(ClientSeed seed, PayeeSeed payee, int index)
    {
        var id = Numbered("pye", seed, index);
        var sequence = new SeedSequence(id);
        var number = AccountNumbers.For(payee.Country, sequence);
        return new Payee(id, payee.Name, number.Value, number.Bank, payee.Currency, s_earliestPayee.AddDays((int)sequence.Between(0, 2400)));
    }

    private static string Numbered(string kind, ClientSeed seed, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}-{seed.Id}-{index + 1:000}");
}
