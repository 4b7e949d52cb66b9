using System.CommandLine;
using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Output;
using CorpSecure.Cli.Profiles;
using CorpSecure.Cli.Sessions;

namespace CorpSecure.Cli.Curl;

/// <summary><c>corpsec curl</c></summary>
internal static class CurlCommand
{
    public static Command Create(Shell shell, TimeProvider time)
    {
        var method = new Argument<string>("METHOD") { Description = "GET, POST, ..." };
        var target = new Argument<string>("URL") { Description = "A path of the gateway (/corporate/...) or of the ops API (/ops/...), or the whole address." };
        var data = new Option<string>("--data", "-d") { Description = "The body: text, @FILE, or @- for standard input. JSON unless -H says otherwise.", HelpName = "DATA|@FILE" };
        var headers = new Option<string[]>("--header", "-H") { Description = "A header, 'name: value'. May come several times.", HelpName = "HEADER", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
        var include = new Option<bool>("--include", "-i") { Description = "Print status line and headers before the body." };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Print what was signed, token and proof left out, on standard error." };
        var key = new Option<string>("--key") { Description = "Sign with this key of the profile, reads too.", HelpName = "KEYID" };
        var noSign = new Option<bool>("--no-sign") { Description = "Do not sign." };
        var idempotencyKey = new Option<string>("--idempotency-key") { Description = "Make a repeat of an earlier request: same key, same body, same effect once.", HelpName = "KEY" };
        var realm = CommonOptions.Realm("Whose login to use; told by the address when absent.");
        var command = new Command("curl", "Send a request with the login's token, a proof of its key (DPoP) and a signature; the body of the answer goes to standard output. Where the bank asks for a stronger or fresher sign-in, you are asked to sign in, and the request is repeated.")
        {
            method, target, data, headers, include, verbose, key, noSign, idempotencyKey, realm,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(noSign) && result.GetValue(key) is not null)
            {
                result.AddError("--key and --no-sign exclude each other.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var store = parsed.Store(shell);
            var address = CurlTarget.Of(parsed.GetValue(target)!, parsed.GetValue(realm), store.Read());
            var signing = parsed.GetValue(noSign) ? Signing.Never : parsed.GetValue(key) is null ? Signing.UnsafeMethods : Signing.Always;
            using var log = parsed.GetValue(verbose) ? new ErrorLog(shell.Error) : null;
            using var session = Session.Open(store, address.Realm, shell, time, signing, parsed.GetValue(key), log);
            using var request = new CurlRequest(parsed.GetValue(method)!, address.Uri)
            {
                Data = parsed.GetValue(data),
                Headers = parsed.GetValue(headers) ?? [],
                IdempotencyKey = parsed.GetValue(idempotencyKey),
            }.ToMessage();
            if (signing != Signing.Never && !session.CanSign && address.Realm == Realm.Corporate && request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
            {
                throw CliException.Usage("There is no key to sign with: this login has none.", "Name one with --key KEYID, or send it unsigned with --no-sign.");
            }
            return (int)await CurlExchange.RunAsync(session.Http, request, shell, parsed.GetValue(include), cancellationToken);
        });
        return command;
    }
}
