using System.CommandLine;
using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Output;

namespace CorpSecure.Cli.Profiles;

/// <summary><c>corpsec profile show|set</c></summary>
internal static class ProfileCommand
{
    public static Command Create(Shell shell) =>
        new("profile", "Show or change addresses and keys.") { Show(shell), Set(shell) };

    private static Command Show(Shell shell)
    {
        var command = new Command("show", "Print the profile as JSON. It holds no token.");
        command.SetAction(parsed =>
        {
            shell.Out.WriteLine(JsonText.OfOne(parsed.Store(shell).Read()));
            return (int)ExitCode.Ok;
        });
        return command;
    }

    private static Command Set(Shell shell)
    {
        var gateway = new Option<Uri>("--gateway") { Description = "Address of the gateway, for the corporate realm.", HelpName = "URL" };
        var ops = new Option<Uri>("--ops") { Description = "Address of the ops API, for the staff realm.", HelpName = "URL" };
        var ca = new Option<FileInfo>("--ca-file") { Description = "PEM file of the only authorities to trust; without it, the system's.", HelpName = "FILE" }.AcceptExistingOnly();
        var realm = CommonOptions.Realm("The realm that the next options describe; corporate when absent.");
        var issuer = new Option<Uri>("--issuer") { Description = "The authorization server, exactly as it names itself.", HelpName = "URL" };
        var clientId = new Option<string>("--client-id") { Description = "This program's OAuth client there.", HelpName = "ID", DefaultValueFactory = _ => "corpsec" };
        var clientKey = new Option<FileInfo>("--client-key") { Description = "PEM file of that client's P-256 private key.", HelpName = "FILE" }.AcceptExistingOnly();
        var clientKeyId = new Option<string>("--client-key-id") { Description = "The key's id at the server.", HelpName = "KID" };
        var scope = new Option<string>("--scope") { Description = "The scope to ask for; 'corporate sessions offline_access' or 'ops sessions offline_access' when absent.", HelpName = "SCOPE" };
        var signingKey = new Option<FileInfo>("--signing-key") { Description = "PEM file of a private key that signs requests.", HelpName = "FILE" }.AcceptExistingOnly();
        var signingKeyId = new Option<string>("--signing-key-id") { Description = "That key's id at the gateway.", HelpName = "KEYID" };
        var signingKeyAlgorithm = new Option<string>("--signing-key-algorithm") { Description = "What an RSA key is registered for.", HelpName = "ps256|ps512" };
        signingKeyAlgorithm.AcceptOnlyFromAmong("ps256", "ps512");
        var command = new Command("set", "Change the profile; what is not named stays.")
        {
            gateway, ops, ca, realm, issuer, clientId, clientKey, clientKeyId, scope, signingKey, signingKeyId, signingKeyAlgorithm,
        };
        command.SetAction(parsed =>
        {
            var store = parsed.Store(shell);
            var profile = store.Read();
            profile = profile with
            {
                Gateway = Https(parsed.GetValue(gateway)) ?? profile.Gateway,
                Ops = Https(parsed.GetValue(ops)) ?? profile.Ops,
                CaFile = parsed.GetValue(ca)?.FullName ?? profile.CaFile,
            };
            if (Https(parsed.GetValue(issuer)) is { } server)
            {
                var of = parsed.GetValue(realm) ?? Realm.Corporate;
                var settings = new RealmSettings(
                    server.OriginalString,
                    parsed.GetValue(clientId)!,
                    parsed.GetValue(clientKey)?.FullName ?? throw CliException.Usage("--issuer needs --client-key."),
                    parsed.GetValue(clientKeyId) ?? throw CliException.Usage("--issuer needs --client-key-id."),
                    parsed.GetValue(scope) ?? RealmSettings.Lasting(of == Realm.Staff ? "ops sessions" : "corporate sessions"));
                profile = of == Realm.Staff ? profile with { Staff = settings } : profile with { Corporate = settings };
            }
            if (parsed.GetValue(signingKey) is { } file)
            {
                var id = parsed.GetValue(signingKeyId) ?? throw CliException.Usage("--signing-key needs --signing-key-id.");
                profile = profile.WithSigningKey(new SigningKeyFile(id, file.FullName, parsed.GetValue(signingKeyAlgorithm)));
            }
            store.Write(profile);
            shell.Out.WriteLine($"Kept in {store.ProfileFile}");
            return (int)ExitCode.Ok;
        });
        return command;
    }

    private static Uri? Https(Uri? address) => address is null || (address.IsAbsoluteUri && address.Scheme == Uri.UriSchemeHttps)
        ? address
        : throw CliException.Usage($"'{address}' is not an https address.");
}
