namespace CoreBank.Simulator.Assertions;

/// <summary>Who the gateway vouches for. A machine that calls with its own credentials has no person.</summary>
public sealed record Caller(string DecisionId, string Client, string Subject, string? Person, string Acr);
