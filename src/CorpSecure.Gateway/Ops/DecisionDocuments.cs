using System.Text.Json;
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

/// <summary>A summary with what it rests on: the facts (account numbers, names and addresses masked; null once erased) and the entries.</summary>
public static class DecisionDocument
{
    public static JsonObject Of(SummaryDocument summary, JsonNode? facts, IReadOnlyList<EntryDocument> entries)
    {
        var document = JsonSerializer.SerializeToNode(summary, JsonSerializerOptions.Web)!.AsObject();
        document["facts"] = facts;
        document["entries"] = JsonSerializer.SerializeToNode(entries, JsonSerializerOptions.Web);
        return document;
    }
}
