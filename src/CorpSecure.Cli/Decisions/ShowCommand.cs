using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Output;
using CorpSecure.Cli.Profiles;
using CorpSecure.Cli.Sessions;
using CorpSecure.Client.Ops;
using CorpSecure.Client.Ops.Decisions;

namespace CorpSecure.Cli.Decisions;

/// <summary><c>corpsec decisions show</c></summary>
internal static class ShowCommand
{
    public static Command Create(Shell shell, TimeProvider time)
    {
        var id = new Argument<Guid>("ID") { Description = "The decision id, from the Corpsecure-Decision-Id header or a problem." };
        var output = CommonOptions.Output();
        var command = new Command("show", "Show one decision, its facts (masked) and its audit entries.") { id, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = Session.Open(parsed.Store(shell), Realm.Staff, shell, time);
            var detail = await new OpsClient(session.Http).ShowAsync(parsed.GetValue(id), cancellationToken);
            if (parsed.GetValue(output) == OutputFormat.Json)
            {
                await shell.Out.WriteLineAsync(JsonText.OfOne(AsTheApiSaysIt(detail)));
            }
            else
            {
                Write(detail, shell);
            }
            return (int)ExitCode.Ok;
        });
        return command;
    }

    private static JsonObject AsTheApiSaysIt(DecisionDetail detail)
    {
        var document = JsonSerializer.SerializeToNode(detail.Summary, JsonSerializerOptions.Web)!.AsObject();
        document["facts"] = JsonSerializer.SerializeToNode(detail.Facts);
        document["entries"] = JsonSerializer.SerializeToNode(detail.Entries, JsonSerializerOptions.Web);
        return document;
    }

    private static void Write(DecisionDetail detail, Shell shell)
    {
        var decision = detail.Summary;
        Line("Decision", decision.Id.ToString());
        Line("At", DecisionText.Time(decision.At));
        Line("Request", $"{decision.Method} {decision.Route ?? "(no route)"} on {decision.Listener}");
        Line("Who", $"{decision.Subject ?? "-"} of {decision.Client ?? "-"}");
        Line("Verdict", $"{decision.Verdict}, {decision.Enforcement}{(decision.Status is { } status ? $", HTTP {status}" : "")}");
        Line("Reasons", decision.Reasons.Count == 0 ? "-" : string.Join(", ", decision.Reasons));
        Line("Outcome", DecisionText.Outcome(decision.Outcome));
        Line("Policy", decision.PolicyVersion ?? "-");
        Line("Replica", decision.Replica ?? "-");
        if (decision.Count > 1)
        {
            Line("Count", $"{decision.Count} refusals gathered under this id");
        }
        Section("Facts");
        if (detail.Facts.ValueKind == JsonValueKind.Object)
        {
            foreach (var fact in detail.Facts.EnumerateObject())
            {
                shell.Out.WriteLine(Shell.Harmless($"  {fact.Name}: {fact.Value.GetRawText()}"));
            }
        }
        Section("Audit entries");
        var entries = new TableText("Lane", "Epoch", "Counter", "Kind", "At", "Hash");
        foreach (var entry in detail.Entries)
        {
            entries.Add(entry.Lane.ToString(), $"{entry.Epoch}", $"{entry.Counter}", entry.Kind.ToString(), DecisionText.Time(entry.At), entry.Hash);
        }
        entries.Write(shell);

        void Line(string name, string value) => shell.Out.WriteLine($"{name,-9} {Shell.Harmless(value)}");

        void Section(string name)
        {
            shell.Out.WriteLine();
            shell.Out.WriteLine(name);
        }
    }
}
