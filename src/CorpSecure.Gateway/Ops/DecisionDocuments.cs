using System.Text.Json.Nodes;

namespace CorpSecure.Gateway.Ops;

public sealed record OutcomeDocument(string State, int? Status, DateTimeOffset At);

public sealed record SummaryDocument(
    Guid Id, DateTimeOffset At, string Listener, string? Method, string? Route, string? Client, string? Subject, string Verdict, string Enforcement,
    IReadOnlyList<string> Reasons, int? Status, string PolicyVersion, string Replica, long Count, OutcomeDocument? Outcome);

/// <param name="Next">Ask with <c>before</c> this for older ones; null at the end.</param>
public sealed record DecisionPage(IReadOnlyList<SummaryDocument> Decisions, Guid? Next);

/// <param name="Cursor">Where each lane has been read to; opaque.</param>
public sealed record DecisionFeedPage(IReadOnlyList<SummaryDocument> Decisions, string Cursor);

public sealed record EntryDocument(string Lane, long Epoch, long Counter, string Kind, DateTimeOffset At, string Hash);

/// <param name="Facts">What the decision rested on, with account numbers, names and addresses masked; null once erased.</param>
public sealed record DecisionDocument(SummaryDocument Decision, JsonNode? Facts, IReadOnlyList<EntryDocument> Entries);
