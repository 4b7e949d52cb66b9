namespace CoreBank.Simulator.Control;

/// <summary>One call as it arrived. <paramref name="Status"/> is null until it was answered, and stays so if it never was.</summary>
public sealed record Call(
    long Sequence, DateTimeOffset At, string? DecisionId, string Method, string Target, string? Client, string? Subject,
    int? Status, bool Accepted, string? Rejection, string? IdempotencyKey);

public sealed record CallList(IReadOnlyList<Call> Calls);
