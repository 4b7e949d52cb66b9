namespace CorpSecure.DevHost.Tour;

/// <summary>What must become of one request.</summary>
/// <param name="Verdict">As the audit row says; null when no row can exist.</param>
/// <param name="Reason">The reason code; null when there is no objection.</param>
/// <param name="CoreSees">Whether the core's own call log has it.</param>
internal sealed record Expected(int Status, string? Verdict, string? Reason, bool CoreSees)
{
    public static Expected Forwarded(int status) => new(status, "Allow", null, true);

    public static Expected Refused(int status, string reason) => new(status, "Deny", reason, false);
}

/// <summary>One line of the story.</summary>
internal sealed record TourScene(string Title, Expected Expected, Func<Task<TourAnswer>> PlayAsync);

/// <summary>What came back.</summary>
/// <param name="Code">The problem document's code; null when it was none.</param>
internal sealed record TourAnswer(int Status, string? Code, Guid DecisionId);

/// <summary>What happened, as caller, audit row and core each tell it.</summary>
internal sealed record TourResult(TourScene Scene, TourAnswer Answer, string? Verdict, string? Reason, bool CoreSaw)
{
    public bool AsExpected =>
        Answer.Status == Scene.Expected.Status
        && Answer.DecisionId != Guid.Empty
        && Verdict == Scene.Expected.Verdict
        && (Reason ?? Answer.Code) == Scene.Expected.Reason
        && Answer.Code == Scene.Expected.Reason
        && CoreSaw == Scene.Expected.CoreSees;
}
