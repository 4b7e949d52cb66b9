using Microsoft.EntityFrameworkCore;

namespace CorpSecure.Gateway.Ops;

public sealed record DecisionFilter(
    string? Verdict, string? Reason, string? Client, string? Subject, string? Route, DateTimeOffset? From, DateTimeOffset? To, Guid? Before, int Limit);

/// <summary>Lists decisions, newest first, and joins what became of them.</summary>
public sealed class DecisionQueries(IDbContextFactory<OpsContext> contexts)
{
    public async Task<DecisionPage> ListAsync(DecisionFilter filter, CancellationToken cancellation)
    {
        await using var ops = await contexts.CreateDbContextAsync(cancellation);
        var query = ops.Summaries;
        if (filter.Verdict is { } verdict)
            query = query.Where(row => row.Verdict == verdict);
        if (filter.Reason is { } reason)
            query = query.Where(row => row.Reasons.Contains(reason));
        if (filter.Client is { } client)
            query = query.Where(row => row.Client == client);
        if (filter.Subject is { } subject)
            query = query.Where(row => row.Subject == subject);
        if (filter.Route is { } route)
            query = query.Where(row => row.Route == route);
        if (filter.From is { } from)
            query = query.Where(row => row.At >= from.UtcDateTime);
        if (filter.To is { } to)
            query = query.Where(row => row.At < to.UtcDateTime);
        if (filter.Before is { } before)
            query = query.Where(row => row.Id < before);
        var rows = await query.OrderByDescending(row => row.Id).Take(filter.Limit + 1).ToListAsync(cancellation);
        var page = rows.Take(filter.Limit).ToList();
        return new DecisionPage(await WithOutcomesAsync(ops, page, cancellation), rows.Count > filter.Limit ? page[^1].Id : null);
    }

    public async Task<(SummaryDocument? Summary, List<EntryRow> Entries)> ShowAsync(Guid id, CancellationToken cancellation)
    {
        await using var ops = await contexts.CreateDbContextAsync(cancellation);
        var rows = await ops.Summaries.Where(row => row.Id == id).ToListAsync(cancellation);
        var entries = await ops.Entries.Where(row => row.Id == id).OrderBy(row => row.At).ThenBy(row => row.Kind).ToListAsync(cancellation);
        return (await WithOutcomesAsync(ops, rows, cancellation) is [{ } summary, ..] ? summary : null, entries);
    }

    /// <summary>What each lane holds beyond the cursor. Lanes have no gaps, so nothing can be passed over.</summary>
    public async Task<(IReadOnlyList<SummaryDocument> Decisions, LaneCursor Cursor)> AfterAsync(LaneCursor? cursor, int limit, CancellationToken cancellation)
    {
        await using var ops = await contexts.CreateDbContextAsync(cancellation);
        var heads = await ops.Lanes.ToDictionaryAsync(row => row.Lane, row => row.Counter, cancellation);
        if (cursor is null)
            return ([], new LaneCursor(heads));
        var read = new Dictionary<string, long>(cursor.Counters);
        var found = new List<SummaryRow>();
        foreach (var (lane, head) in heads)
        {
            var from = read.GetValueOrDefault(lane);
            var to = Math.Min(head, from + limit);
            if (to <= from)
                continue;
            found.AddRange(await ops.Summaries.Where(row => row.Lane == lane && row.Counter > from && row.Counter <= to).ToListAsync(cancellation));
            read[lane] = to;
        }

        return (await WithOutcomesAsync(ops, [.. found.OrderBy(row => row.At)], cancellation), new LaneCursor(read));
    }

    private static async Task<IReadOnlyList<SummaryDocument>> WithOutcomesAsync(OpsContext ops, List<SummaryRow> rows, CancellationToken cancellation)
    {
        var ids = rows.Select(row => row.Id).ToArray();
        var outcomes = (await ops.Outcomes.Where(row => ids.Contains(row.Id)).ToListAsync(cancellation)).ToLookup(row => row.Id);
        return [.. rows.Select(row => Document(row, outcomes[row.Id].OrderBy(outcome => outcome.At).LastOrDefault()))];
    }

    private static SummaryDocument Document(SummaryRow row, OutcomeRow? outcome) => new(
        row.Id, row.At, row.Listener, row.Method, row.Route, row.Client, row.Subject, row.Verdict, row.Enforcement, row.Reasons, row.Status,
        row.PolicyVersion, row.Replica, row.Count, Outcome(row, outcome));

    // A forwarded request without an outcome is unknown, and shown as that.
    private static OutcomeDocument? Outcome(SummaryRow row, OutcomeRow? outcome) => outcome is not null
        ? new OutcomeDocument(outcome.State, outcome.Status, outcome.At)
        : row is { Enforcement: "forward", Listener: "api" } ? new OutcomeDocument("unknown", null, row.At) : null;
}
