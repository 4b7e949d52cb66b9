using System.CommandLine;
using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Keys;
using CorpSecure.Cli.Output;
using CorpSecure.Cli.Profiles;
using CorpSecure.Client.Sessions;

namespace CorpSecure.Cli.Sessions;

/// <summary><c>corpsec sessions list|end</c></summary>
internal static class SessionsCommand
{
    public static Command Create(Shell shell, TimeProvider time) => new("sessions", "See where you are signed in, and end sessions from here.")
    {
        List(shell, time).WithExamples("corpsec sessions list", "corpsec sessions list --realm staff -o json"),
        End(shell, time).WithExamples("corpsec sessions end SID", "corpsec sessions end --others", "corpsec sessions end --all"),
    };

    private static Command List(Shell shell, TimeProvider time)
    {
        var realm = CommonOptions.Realm("Whose sessions; the corporate user's when absent.");
        var output = CommonOptions.Output();
        var command = new Command("list", "List your sessions; the one of this login is marked.") { realm, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = Session.OpenAtIssuer(parsed.Store(shell), parsed.GetValue(realm) ?? Realm.Corporate, time);
            var sessions = await new SessionsClient(session.Http).ListAsync(cancellationToken);
            if (parsed.GetValue(output) == OutputFormat.Json)
            {
                await shell.Out.WriteLineAsync(JsonText.OfOne(new { sessions }));
                return (int)ExitCode.Ok;
            }
            var table = new TableText("Session", "Started", "Last seen", "Ends", "Acr", "Application", "Address", "");
            foreach (var each in sessions)
            {
                table.Add(
                    each.Sid, KeyText.Time(each.StartedAt), KeyText.Time(each.LastSeenAt), KeyText.Time(each.EndsAt), each.Acr, each.Client ?? "-", each.Address ?? "-",
                    each.Current ? "this one" : "");
            }
            table.Write(shell);
            return (int)ExitCode.Ok;
        });
        return command;
    }

    private static Command End(Shell shell, TimeProvider time)
    {
        var sid = new Argument<string>("SID") { Description = "The session, as 'corpsec sessions list' names it.", Arity = ArgumentArity.ZeroOrOne };
        var others = new Option<bool>("--others") { Description = "End all but the one of this login." };
        var all = new Option<bool>("--all") { Description = "End all, this login with them." };
        var realm = CommonOptions.Realm("Whose sessions; the corporate user's when absent.");
        var command = new Command("end", "End a session, wherever it is: its tokens count no more within five seconds.") { sid, others, all, realm };
        command.Validators.Add(result =>
        {
            var named = (result.GetValue(sid) is null ? 0 : 1) + (result.GetValue(others) ? 1 : 0) + (result.GetValue(all) ? 1 : 0);
            if (named != 1)
            {
                result.AddError("Name one session, or --others, or --all.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var store = parsed.Store(shell);
            var of = parsed.GetValue(realm) ?? Realm.Corporate;
            using var session = Session.OpenAtIssuer(store, of, time);
            var sessions = new SessionsClient(session.Http);
            if (parsed.GetValue(all))
            {
                await sessions.EndAllAsync(cancellationToken);
                store.DeleteLogin(of);
                await shell.Out.WriteLineAsync("All sessions have ended, this login with them.");
            }
            else if (parsed.GetValue(others))
            {
                await shell.Out.WriteLineAsync($"Ended: {await sessions.EndOthersAsync(cancellationToken)}.");
            }
            else
            {
                await EndOneAsync(sessions, parsed.GetValue(sid)!, cancellationToken);
                await shell.Out.WriteLineAsync("Ended.");
            }
            return (int)ExitCode.Ok;
        });
        return command;
    }

    private static async Task EndOneAsync(SessionsClient sessions, string sid, CancellationToken cancellationToken)
    {
        // "all" is the server's word for something else than a session.
        if (sid == "all" || !await sessions.EndAsync(sid, cancellationToken))
        {
            throw new CliException(ExitCode.Refused, $"You have no session '{Shell.Harmless(sid)}'.", next: "corpsec sessions list");
        }
    }
}
