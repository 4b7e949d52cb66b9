using System.Text.Json.Nodes;
using CorpSecure.Gateway.Enforcement;
using CorpSecure.Gateway.Problems;
using CorpSecure.Ledger.Entries;
using CorpSecure.Ledger.Sealing;
using CorpSecure.Protocol.Problems;
using FluentValidation;

namespace CorpSecure.Gateway.Ops;

/// <summary>What staff may ask about decisions. Each call is itself a decision, made before it gets here.</summary>
public static class DecisionEndpoints
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static void MapDecisions(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/ops/v1/decisions", ListAsync);
        endpoints.MapGet("/ops/v1/decisions/feed", FeedAsync);
        endpoints.MapGet("/ops/v1/decisions/{id:guid}", ShowAsync);
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] DecisionQuery query, IValidator<DecisionQuery> validator, DecisionQueries decisions, CancellationToken cancellation)
    {
        var result = await validator.ValidateAsync(query, cancellation);
        return result.IsValid ? Results.Json(await decisions.ListAsync(query.ToFilter(), cancellation)) : OpsProblems.BadQuery(result);
    }

    private static async Task<IResult> ShowAsync(Guid id, DecisionQueries decisions, SubjectVault vault, CancellationToken cancellation)
    {
        var (summary, entries) = await decisions.ShowAsync(id, cancellation);
        if (summary is null)
            return OpsProblems.NotFound();
        var sealedEntry = entries.Find(entry => entry.Kind is (short)EntryKind.Decision or (short)EntryKind.Refusals && entry is { SubjectKey: not null, Sealed: not null });
        var facts = sealedEntry is null ? null : await vault.OpenAsync(sealedEntry.SubjectKey!.Value, sealedEntry.Sealed!, id, cancellation);
        return Results.Json(DecisionDocument.Of(summary, facts is null ? null : FactsMask.Apply(JsonNode.Parse(facts)), [.. entries.Select(Entry)]));
    }

    /// <summary>Answers as soon as there is news, at the latest when <c>wait</c> seconds are over. That somebody asked is told, but is no news.</summary>
    private static async Task<IResult> FeedAsync(HttpContext context, string? after, int? wait, DecisionQueries decisions, TimeProvider clock, CancellationToken cancellation)
    {
        LaneCursor? cursor = null;
        if (after is not null && !LaneCursor.TryRead(after, out cursor))
            return OpsProblems.BadQuery("after is not a cursor of this feed");
        var deadline = clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Clamp(wait ?? 0, 0, 30));
        var own = Exchange.Of(context).Route.Name;
        var told = new List<SummaryDocument>();
        while (true)
        {
            var (found, reached) = await decisions.AfterAsync(cursor, limit: 500, cancellation);
            told.AddRange(found);
            if (cursor is null || found.Any(decision => decision.Listener != "ops" || decision.Route != own) || clock.GetUtcNow() >= deadline)
                return Results.Json(new DecisionFeedPage(told, reached.Write()));
            cursor = reached;
            await Task.Delay(Pause, clock, cancellation);
        }
    }

    private static EntryDocument Entry(EntryRow row) => new(
        row.Lane, row.Epoch, row.Counter, ((EntryKind)row.Kind).ToString(), row.At, Convert.ToHexStringLower(row.Hash));
}
