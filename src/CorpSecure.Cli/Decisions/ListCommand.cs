using System.CommandLine;
using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Output;
using CorpSecure.Cli.Profiles;
using CorpSecure.Cli.Sessions;
using CorpSecure.Client.Ops;

namespace CorpSecure.Cli.Decisions;

/// <summary><c>corpsec decisions list</c></summary>
internal static class ListCommand
{
    public static Command Create(Shell shell, TimeProvider time)
    {
        var filter = new DecisionFilter();
        var from = new Option<DateTimeOffset?>("--from") { Description = "Not before this time (UTC unless it names an offset).", HelpName = "TIME", CustomParser = UtcTime.Parse };
        var to = new Option<DateTimeOffset?>("--to") { Description = "Before this time.", HelpName = "TIME", CustomParser = UtcTime.Parse };
        var limit = new Option<int>("--limit") { Description = "The most decisions to print.", HelpName = "N", DefaultValueFactory = _ => 50 };
        var before = new Option<Guid?>("--before") { Description = "Only older ones: the next page.", HelpName = "ID" };
        var output = CommonOptions.Output();
        var command = new Command("list", "List decisions, newest first.") { from, to, limit, before, output };
        filter.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = Session.Open(parsed.Store(shell), Realm.Staff, shell, time);
            var page = await new OpsClient(session.Http).ListAsync(filter.Read(parsed) with
            {
                From = parsed.GetValue(from),
                To = parsed.GetValue(to),
                Limit = parsed.GetValue(limit),
                Before = parsed.GetValue(before),
            }, cancellationToken);
            if (parsed.GetValue(output) == OutputFormat.Json)
            {
                await shell.Out.WriteLineAsync(JsonText.OfOne(page));
                return (int)ExitCode.Ok;
            }
            var table = DecisionText.NewTable();
            foreach (var decision in page.Decisions)
            {
                table.Add(DecisionText.Row(decision));
            }
            table.Write(shell);
            if (page.Next is { } next)
            {
                await shell.Error.WriteLineAsync($"There are more: --before {next}");
            }
            return (int)ExitCode.Ok;
        });
        return command;
    }
}
