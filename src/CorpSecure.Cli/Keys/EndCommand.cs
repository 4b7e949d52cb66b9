using System.CommandLine;
using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Output;
using CorpSecure.Cli.Profiles;
using CorpSecure.Cli.Sessions;
using CorpSecure.Client.Keys;
using CorpSecure.Client.Ops.Keys;
using CorpSecure.Protocol.Keys;

namespace CorpSecure.Cli.Keys;

/// <summary><c>corpsec keys retire|revoke</c></summary>
internal static class EndCommand
{
    public static Command Retire(Shell shell, TimeProvider time)
    {
        var keyId = Key();
        var output = CommonOptions.Output();
        var command = new Command("retire", "End a key in an orderly way: it signs nothing new. Its file is left alone.") { keyId, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = Session.Open(parsed.Store(shell), Realm.Corporate, shell, time);
            Tell(await new KeysClient(session.Http).RetireAsync(parsed.GetValue(keyId)!, cancellationToken), parsed.GetValue(output), shell);
            return (int)ExitCode.Ok;
        });
        return command;
    }

    public static Command Revoke(Shell shell, TimeProvider time)
    {
        var keyId = Key();
        var realm = CommonOptions.Realm("'staff' revokes a client's key, for security officers; your own when absent.");
        var reason = new Option<string>("--reason") { Description = "For the staff, who must give one.", HelpName = string.Join('|', RevocationReasons.All) };
        reason.AcceptOnlyFromAmong([.. RevocationReasons.All]);
        var output = CommonOptions.Output();
        var command = new Command("revoke", "End a key that others may have, for good. Works without the key.") { keyId, realm, reason, output };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(realm) == Realm.Staff) != (result.GetValue(reason) is not null))
            {
                result.AddError("--realm staff and --reason go together.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var of = parsed.GetValue(realm) ?? Realm.Corporate;
            using var session = Session.Open(parsed.Store(shell), of, shell, time);
            var key = of == Realm.Staff
                ? await new OpsKeys(session.Http).RevokeAsync(parsed.GetValue(keyId)!, parsed.GetValue(reason)!, cancellationToken)
                : await new KeysClient(session.Http).RevokeAsync(parsed.GetValue(keyId)!, cancellationToken);
            Tell(key, parsed.GetValue(output), shell);
            return (int)ExitCode.Ok;
        });
        return command;
    }

    private static Argument<string> Key()
    {
        var key = new Argument<string>("KEYID") { Description = "The key, as 'corpsec keys list' names it." };
        key.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { Length: > 0 and <= 100 } text || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~'))
            {
                result.AddError("KEYID is no key's name: letters, digits, '-', '_', '.' and '~'.");
            }
        });
        return key;
    }

    private static void Tell(KeyDocument key, OutputFormat format, Shell shell)
    {
        if (format == OutputFormat.Json)
        {
            shell.Out.WriteLine(JsonText.OfOne(key));
            return;
        }
        shell.Out.WriteLine($"{Shell.Harmless(key.KeyId)} is {Shell.Harmless(key.State)}; every replica refuses it within five seconds.");
    }
}
