using System.CommandLine;
using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Output;
using CorpSecure.Cli.Profiles;

namespace CorpSecure.Cli.SignIn;

/// <summary><c>corpsec logout</c></summary>
internal static class LogoutCommand
{
    public static Command Create(Shell shell)
    {
        var realm = CommonOptions.Realm("Which login to forget; both when absent.");
        var command = new Command("logout", "Forget the tokens on this machine.") { realm };
        command.SetAction(parsed =>
        {
            var store = parsed.Store(shell);
            Realm[] realms = parsed.GetValue(realm) is { } one ? [one] : [Realm.Corporate, Realm.Staff];
            foreach (var signedOut in realms.Where(store.DeleteLogin))
            {
                shell.Out.WriteLine($"Signed out ({signedOut.Name()}).");
            }
            return (int)ExitCode.Ok;
        });
        return command;
    }
}
