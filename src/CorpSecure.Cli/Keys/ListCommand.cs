using System.CommandLine;
using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Output;
using CorpSecure.Cli.Profiles;
using CorpSecure.Cli.Sessions;
using CorpSecure.Client.Keys;
using CorpSecure.Client.Ops.Keys;

namespace CorpSecure.Cli.Keys;

/// <summary><c>corpsec keys list</c></summary>
internal static class ListCommand
{
    public static Command Create(Shell shell, TimeProvider time)
    {
        var realm = CommonOptions.Realm("'staff' lists the keys of all clients, for security officers; your own when absent.");
        var client = new Option<string>("--client") { Description = "For the staff: only of this client.", HelpName = "ID" };
        var subject = new Option<string>("--subject") { Description = "For the staff: only of this user.", HelpName = "ID" };
        var output = CommonOptions.Output();
        var command = new Command("list", "List signing keys, newest first. An administrator of a client sees those of its other users too.") { realm, client, subject, output };
        command.Validators.Add(result =>
        {
            if (result.GetValue(realm) != Realm.Staff && (result.GetValue(client) ?? result.GetValue(subject)) is not null)
            {
                result.AddError("--client and --subject need --realm staff.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var of = parsed.GetValue(realm) ?? Realm.Corporate;
            using var session = Session.Open(parsed.Store(shell), of, shell, time);
            var list = of == Realm.Staff
                ? await new OpsKeys(session.Http).ListAsync(parsed.GetValue(client), parsed.GetValue(subject), cancellationToken)
                : await new KeysClient(session.Http).ListAsync(cancellationToken);
            KeyText.Write(list.Keys, parsed.GetValue(output), shell);
            return (int)ExitCode.Ok;
        });
        return command;
    }
}
