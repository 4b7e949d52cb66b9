namespace CorpSecure.Client.Ops.Decisions;

/// <summary>Part of a list of decisions, newest first.</summary>
/// <param name="Decisions">The decisions.</param>
/// <param name="Next">For <see cref="DecisionQuery.Before"/> of the next page; null on the last.</param>
public sealed record DecisionPage(IReadOnlyList<DecisionSummary> Decisions, Guid? Next);

/// <summary>Decisions that were taken after a cursor, oldest first; none when the wait was in vain.</summary>
/// <param name="Decisions">The decisions.</param>
/// <param name="Cursor">For the next call. Opaque.</param>
public sealed record DecisionFeed(IReadOnlyList<DecisionSummary> Decisions, string Cursor);
