using System.CommandLine;
using CorpSecure.Cli.Demo;
using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Output;
using CorpSecure.Cli.Profiles;
using CorpSecure.Cli.Sessions;
using CorpSecure.Client.SignIn;
using CorpSecure.Client.Trust;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Cli.SignIn;

/// <summary><c>corpsec login</c></summary>
internal static class LoginCommand
{
    public static Command Create(Shell shell, TimeProvider time)
    {
        var realm = CommonOptions.Realm("Where to sign in; corporate, unless the demo user is of the staff.");
        var demo = new Option<string>("--demo") { Description = "Take addresses, CA and keys from this demo.json, and keep them in the profile.", HelpName = "FILE" };
        var user = new Option<string>("--user") { Description = "For the demo only: sign this user of demo.json in without a browser.", HelpName = "NAME" };
        var acr = new Option<string>("--acr") { Description = "The assurance to ask for: 'pwd' (password only), 'mfa' (two factors).", HelpName = "pwd|mfa" };
        acr.AcceptOnlyFromAmong("pwd", "mfa");
        var noBrowser = new Option<bool>("--no-browser") { Description = "Print the address only." };
        var command = new Command("login", "Sign in; tokens, and the key that they are bound to (DPoP), are kept in files only you can read.") { realm, demo, user, acr, noBrowser };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var login = new LoginRun(parsed.Store(shell), shell, time)
            {
                Demo = parsed.GetValue(demo) is { } file ? DemoDocument.Read(file) : null,
                DemoFile = parsed.GetValue(demo) is { } path ? Path.GetFullPath(path) : null,
                User = parsed.GetValue(user),
                Acr = parsed.GetValue(acr) is { } level ? $"urn:corpsecure:acr:{level}" : null,
                OpenBrowser = !parsed.GetValue(noBrowser) && shell.IsInteractive,
            };
            await login.RunAsync(parsed.GetValue(realm), cancellationToken);
            return (int)ExitCode.Ok;
        });
        return command;
    }
}

/// <summary>One sign-in, from the options to the stored login.</summary>
internal sealed class LoginRun(ProfileStore store, Shell shell, TimeProvider time)
{
    public DemoDocument? Demo { get; init; }

    public string? DemoFile { get; init; }

    public string? User { get; init; }

    public string? Acr { get; init; }

    public bool OpenBrowser { get; init; }

    public async Task RunAsync(Realm? wanted, CancellationToken cancellationToken)
    {
        var user = FindDemoUser();
        var realm = RealmFor(user, wanted);
        var profile = Demo?.ToProfile() ?? store.Read();
        var settings = profile.Of(realm) ?? throw CliException.Usage(
            $"The profile '{store.Name}' does not say where the {realm.Name()} realm signs in.",
            $"Use --demo FILE, or 'corpsec profile set --realm {realm.Name()} ...'.");

        using var key = KeyFile.Read(settings.ClientKeyId, settings.ClientKeyFile);
        using var dpopKey = SigningKey.Generate("dpop");
        using var http = new HttpClient(GatewayTransport.Create(profile.CaFile));
        var plan = new SignInPlan(settings.Issuer, new OAuthClient(settings.ClientId, key), settings.Scope, Acr, settings.RedirectPath) { DpopKey = dpopKey };
        var tokens = await new CodeSignIn(http, time).RunAsync(plan, AgentFor(user, profile), cancellationToken);

        var claims = TokenClaims.Of(tokens.Access.Value);
        if (Demo is not null)
        {
            store.Write(profile);
        }
        var signingKey = (user ?? Demo?.Users.FirstOrDefault(u => u.Subject == claims.Subject))?.SigningKey ?? profile.SigningKeys switch
        {
            [var only] when Demo is null => only.KeyId,
            _ => null,
        };
        // A login without its key is seen to be none; a key without its login does no harm.
        store.DeleteLogin(realm);
        store.WriteDpopKey(realm, dpopKey);
        store.WriteLogin(realm, StoredLogin.Of(tokens, signingKey) with { DemoFile = user is null ? null : DemoFile, DemoUser = user?.Username });
        await shell.Out.WriteLineAsync(
            $"Signed in ({realm.Name()}) as {Shell.Harmless(user?.Username ?? claims.Subject)}{OfClient(claims)}; kept in {store.LoginFile(realm)}");
    }

    private DemoUser? FindDemoUser()
    {
        if (User is null)
        {
            return null;
        }
        return Demo?.User(User) ?? throw CliException.Usage(
            "--user works with --demo only.", "A real user signs in with the browser: leave --user out.");
    }

    private static Realm RealmFor(DemoUser? user, Realm? wanted)
    {
        if (user is null)
        {
            return wanted ?? Realm.Corporate;
        }
        var own = user.Realm == Realm.Staff.Name() ? Realm.Staff : Realm.Corporate;
        return wanted is null || wanted == own
            ? own
            : throw CliException.Usage($"{user.Username} is of the realm {own.Name()}, not {wanted.Value.Name()}.");
    }

    private UserAgent AgentFor(DemoUser? user, Profile profile) => user is null
        ? CodeSignIn.Browser(address => Browser.Show(address, shell, OpenBrowser))
        : new HeadlessSignIn(user, profile.CaFile!, time, shell.Error).RunAsync;

    private static string OfClient(TokenClaims claims) =>
        claims.Client is null ? "" : $" of {Shell.Harmless(claims.Client)}";
}
