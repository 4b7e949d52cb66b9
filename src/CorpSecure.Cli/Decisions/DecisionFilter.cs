using System.CommandLine;
using CorpSecure.Client.Ops.Decisions;

namespace CorpSecure.Cli.Decisions;

/// <summary>The options that choose decisions, the same for list and tail.</summary>
internal sealed class DecisionFilter
{
    private static readonly string[] Verdicts = ["Deny", "StepUp", "Hold", "Allow"];

    private readonly Option<string> _verdict = new("--verdict") { Description = "Only this verdict.", HelpName = "deny|stepup|hold|allow" };
    private readonly Option<string> _reason = new("--reason") { Description = "Only with this reason code.", HelpName = "CODE" };
    private readonly Option<string> _client = new("--client") { Description = "Only of this corporate client.", HelpName = "ID" };
    private readonly Option<string> _subject = new("--subject") { Description = "Only of this user.", HelpName = "ID" };
    private readonly Option<string> _route = new("--route") { Description = "Only of this route of the policy.", HelpName = "NAME" };

    public DecisionFilter() => _verdict.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, Verdicts);

    public void AddTo(Command command)
    {
        command.Add(_verdict);
        command.Add(_reason);
        command.Add(_client);
        command.Add(_subject);
        command.Add(_route);
    }

    public DecisionQuery Read(ParseResult parsed) => new()
    {
        Verdict = Verdicts.FirstOrDefault(v => v.Equals(parsed.GetValue(_verdict), StringComparison.OrdinalIgnoreCase)),
        Reason = parsed.GetValue(_reason),
        Client = parsed.GetValue(_client),
        Subject = parsed.GetValue(_subject),
        Route = parsed.GetValue(_route),
    };

    /// <summary>The feed has no filters of its own.</summary>
    public static bool Matches(DecisionQuery query, DecisionSummary decision) =>
        (query.Verdict is null || query.Verdict == decision.Verdict)
        && (query.Reason is null || decision.Reasons.Contains(query.Reason))
        && (query.Client is null || query.Client == decision.Client)
        && (query.Subject is null || query.Subject == decision.Subject)
        && (query.Route is null || query.Route == decision.Route);
}
