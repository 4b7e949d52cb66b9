using CorpSecure.DevHost.Hosting;
using CorpSecure.DevHost.Processes;
using Spectre.Console;

namespace CorpSecure.DevHost.Tour;

/// <summary>Plays the story against the running system and compares three accounts of it: the caller's, the audit rows', the core's.</summary>
internal sealed class DemoTour(RunningSystem system, IAnsiConsole console, TimeProvider time)
{
    private const int Width = 180;

    /// <returns>True only if every answer, row and call is the expected one.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        console.MarkupLine("[bold]The tour[/]: signing in ...");
        var signIn = new TourSignIn(system, BuildOutput.Current, time);
        using var weak = await signIn.RunAsync("anna.keller", "pwd", cancellation);
        using var strong = await signIn.RunAsync("anna.keller", null, cancellation);
        using var maker = await signIn.RunAsync(TourStepUp.Username, "pwd", cancellation);

        using var client = new TourClient(system.Demo, new TourNonces(time), time);
        await using var witnesses = new TourWitnesses(system.Demo, time);
        var story = new TourStory(
            system, client, new TourPause(system.Demo, time), new TourThief(client, system.Demo), new TourStepUp(client, signIn, maker));
        var results = new List<TourResult>();
        foreach (var scene in story.Scenes(weak, strong, cancellation))
        {
            console.MarkupLineInterpolated($"[dim]  {scene.Title} ...[/]");
            var answer = await scene.PlayAsync();
            var (verdict, reason) = await witnesses.AuditAsync(answer.DecisionId, scene.Expected.Verdict is not null, cancellation);
            results.Add(new TourResult(scene, answer, verdict, reason, await witnesses.CoreCallsAsync(answer.DecisionId, cancellation) > 0));
        }

        var unexplained = await witnesses.CallsWithoutDecisionAsync(cancellation);
        console.Profile.Width = Math.Max(console.Profile.Width, Width); // decision ids are there to be copied
        console.WriteLine();
        console.Write(Table(results));
        foreach (var call in unexplained)
            console.MarkupLineInterpolated($"[red]The core was called without a decision to forward:[/] {call}");
        var wrong = results.Count(result => !result.AsExpected) + unexplained.Count;
        console.WriteLine();
        console.MarkupLine(wrong == 0
            ? $"[bold green]All {results.Count} requests went as they should[/]: to the caller, in the audit rows and in the core's own call log."
            : $"[bold red]{wrong} of {results.Count} did not go as they should.[/]");
        return wrong == 0;
    }

    private static Table Table(IEnumerable<TourResult> results)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in new[] { "Request", "Verdict", "Reason", "Status", "Core saw it", "Decision", "" })
            table.AddColumn(new TableColumn(column) { NoWrap = true });
        foreach (var result in results)
        {
            table.AddRow(
                Markup.Escape(result.Scene.Title),
                result.Verdict ?? "(no row)",
                result.Reason ?? result.Answer.Code ?? "-",
                $"{result.Answer.Status}",
                result.CoreSaw ? "yes" : "no",
                $"{result.Answer.DecisionId}",
                result.AsExpected ? "[green]as it should be[/]" : $"[red]expected {result.Scene.Expected.Status} {result.Scene.Expected.Verdict ?? "no row"} {result.Scene.Expected.Reason}[/]");
        }

        return table;
    }
}
