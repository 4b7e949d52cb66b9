namespace CoreBank.Simulator.Payees;

/// <summary>Someone a client pays regularly.</summary>
public sealed record Payee(string PayeeId, string Name, string Account, string Bank, string Currency, DateOnly Since);
