using System.Globalization;
using CorpSecure.Cli.Output;
using CorpSecure.Client.Ops.Decisions;

namespace CorpSecure.Cli.Decisions;

/// <summary>Decisions for people.</summary>
internal static class DecisionText
{
    public static TableText NewTable() =>
        new("At", "Verdict", "Status", "Method", "Route", "Client", "Subject", "Reasons", "Count", "Outcome", "Id");

    public static string?[] Row(DecisionSummary decision) =>
    [
        Time(decision.At), decision.Verdict, Number(decision.Status), decision.Method, decision.Route ?? "-", decision.Client ?? "-",
        decision.Subject ?? "-", decision.Reasons.Count == 0 ? "-" : string.Join(',', decision.Reasons),
        decision.Count.ToString(CultureInfo.InvariantCulture), Outcome(decision.Outcome), decision.Id.ToString(),
    ];

    /// <summary>One line of a tail, where columns cannot be aligned because the next line is not known yet.</summary>
    public static string Line(DecisionSummary decision) =>
        Shell.Harmless(
            $"{Time(decision.At)}  {decision.Verdict,-6}  {Number(decision.Status),-3}  {decision.Method,-6} {decision.Route ?? "-"}  "
            + $"{decision.Client ?? "-"}/{decision.Subject ?? "-"}  {(decision.Reasons.Count == 0 ? "-" : string.Join(',', decision.Reasons))}"
            + $"{(decision.Count > 1 ? $"  x{decision.Count}" : "")}  {decision.Id}");

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Outcome(DecisionOutcome? outcome) =>
        outcome is null ? "-" : outcome.Status is { } status ? $"{outcome.State} {status}" : outcome.State;

    private static string Number(int? status) => status?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
