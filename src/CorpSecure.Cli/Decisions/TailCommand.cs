using System.CommandLine;
using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Output;
using CorpSecure.Cli.Profiles;
using CorpSecure.Cli.Sessions;
using CorpSecure.Client.Ops;

namespace CorpSecure.Cli.Decisions;

/// <summary><c>corpsec decisions tail</c></summary>
internal static class TailCommand
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(20);

    public static Command Create(Shell shell, TimeProvider time)
    {
        var filter = new DecisionFilter();
        var output = CommonOptions.Output();
        var command = new Command("tail", "Print decisions as they are taken, until Ctrl-C. With -o json, one object a line.") { output };
        filter.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = Session.Open(parsed.Store(shell), Realm.Staff, shell, time);
            var query = filter.Read(parsed);
            var asJson = parsed.GetValue(output) == OutputFormat.Json;
            try
            {
                await foreach (var decision in new OpsClient(session.Http).FollowAsync(Wait, cancellationToken))
                {
                    if (DecisionFilter.Matches(query, decision))
                    {
                        await shell.Out.WriteLineAsync(asJson ? JsonText.OfLine(decision) : DecisionText.Line(decision));
                        await shell.Out.FlushAsync(cancellationToken);
                    }
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Ctrl-C is how a tail ends.
            }
            return (int)ExitCode.Ok;
        });
        return command;
    }
}
