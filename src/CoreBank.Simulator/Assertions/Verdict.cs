using System.Diagnostics.CodeAnalysis;

namespace CoreBank.Simulator.Assertions;

/// <summary>Either a caller or the reason there is none.</summary>
public sealed record Verdict
{
    private Verdict(Caller? caller, string? rejection) => (Caller, Rejection) = (caller, rejection);

    public Caller? Caller { get; }

    public string? Rejection { get; }

    [MemberNotNullWhen(true, nameof(Caller))]
    [MemberNotNullWhen(false, nameof(Rejection))]
    public bool IsAccepted => Caller is not null;

    public static Verdict Accept(Caller caller) => new(caller, null);

    public static Verdict Reject(string reason) => new(null, reason);
}
