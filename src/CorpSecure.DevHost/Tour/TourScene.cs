using CorpSecure.Client.StepUp;

namespace CorpSecure.DevHost.Tour;

/// <summary>What must become of one request.</summary>
/// <param name="Verdict">As the audit row says; null when no row can exist.</param>
/// <param name="Reason">The reason code; null when there is no objection.</param>
/// <param name="CoreSees">Whether the core's own call log has it.</param>
/// <param name="Told">The code that the caller is told, where that is less than the reason.</param>
internal sealed record Expected(int Status, string? Verdict, string? Reason, bool CoreSees, string? Told = null)
{
    private const string StepUp = "StepUp";

    public bool IsChallenge => Verdict == StepUp;

    public static Expected Forwarded(int status) => new(status, "Allow", null, true);

    public static Expected Refused(int status, string reason, string? told = null) => new(status, "Deny", reason, false, told);

    /// <summary>Asked for a stronger sign-in, by the standard header.</summary>
    public static Expected Challenged(string reason) => new(401, StepUp, reason, false);
}

/// <summary>One line of the story.</summary>
internal sealed record TourScene(string Title, Expected Expected, Func<Task<TourAnswer>> PlayAsync);

/// <summary>What came back.</summary>
/// <param name="Code">The problem document's code; null when it was none.</param>
internal sealed record TourAnswer(int Status, string? Code, Guid DecisionId)
{
    /// <summary>The sign-in that the answer asks for (RFC 9470).</summary>
    public StepUpChallenge? Challenge { get; init; }
}

/// <summary>What happened, as caller, audit row and core each tell it.</summary>
internal sealed record TourResult(TourScene Scene, TourAnswer Answer, string? Verdict, string? Reason, bool CoreSaw)
{
    public bool AsExpected =>
        Answer.Status == Scene.Expected.Status
        && Answer.DecisionId != Guid.Empty
        && Verdict == Scene.Expected.Verdict
        && (Reason ?? Answer.Code) == Scene.Expected.Reason
        && Answer.Code == (Scene.Expected.Told ?? Scene.Expected.Reason)
        && Answer.Challenge is not null == Scene.Expected.IsChallenge
        && CoreSaw == Scene.Expected.CoreSees;
}
