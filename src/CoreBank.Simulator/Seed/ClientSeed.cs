namespace CoreBank.Simulator.Seed;

/// <summary>From what a client's accounts and payees are made. Lists are cycled through.</summary>
public sealed record ClientSeed(
    string Id, string Name, IReadOnlyList<AccountSeed> Accounts, IReadOnlyList<string> Purposes, IReadOnlyList<string> Places, IReadOnlyList<PayeeSeed> Payees);

public sealed record AccountSeed(string Currency, string Country);

public sealed record PayeeSeed(string Name, string Country, string Currency);
