namespace CorpSecure.Client.Ops.Decisions;

/// <summary>One decision of the gateway, without personal data.</summary>
/// <param name="Id">The id that the caller got in <c>Corpsecure-Decision-Id</c>.</param>
/// <param name="At">When it was taken.</param>
/// <param name="Listener"><c>api</c> or <c>ops</c>.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Route">The policy's name of the route; null when none matched.</param>
/// <param name="Client">The corporate client; null when the caller was not known.</param>
/// <param name="Subject">The user; null when the caller was not known.</param>
/// <param name="Verdict"><c>Deny</c>, <c>StepUp</c>, <c>Hold</c> or <c>Allow</c>.</param>
/// <param name="Enforcement"><c>forward</c>, <c>challenge</c>, <c>hold</c>, <c>refuse</c> or <c>replay</c>.</param>
/// <param name="Reasons">Stable reason codes.</param>
/// <param name="Status">The HTTP status of a refusal; null while the core's answer is awaited.</param>
/// <param name="PolicyVersion">The policy that was in force.</param>
/// <param name="Replica">The gateway process that took it.</param>
/// <param name="Count">How many refusals stand behind it: more than one when they were gathered in a flood.</param>
/// <param name="Outcome">What became of the forwarded request; null when nothing was forwarded or nothing is known yet.</param>
public sealed record DecisionSummary(
    Guid Id,
    DateTimeOffset At,
    string Listener,
    string Method,
    string? Route,
    string? Client,
    string? Subject,
    string Verdict,
    string Enforcement,
    IReadOnlyList<string> Reasons,
    int? Status,
    string? PolicyVersion,
    string? Replica,
    int Count,
    DecisionOutcome? Outcome);

/// <summary>What became of a forwarded request.</summary>
/// <param name="Status">The core's HTTP status; null when it did not answer.</param>
/// <param name="At">When that was known.</param>
/// <param name="State"><c>answered</c>, <c>failed</c>, <c>never-forwarded</c> or <c>unknown</c>.</param>
public sealed record DecisionOutcome(int? Status, DateTimeOffset? At, string State);
