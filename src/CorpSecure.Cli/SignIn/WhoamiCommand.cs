using System.CommandLine;
using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Output;
using CorpSecure.Cli.Profiles;

namespace CorpSecure.Cli.SignIn;

/// <summary><c>corpsec whoami</c></summary>
internal static class WhoamiCommand
{
    public static Command Create(Shell shell, TimeProvider time)
    {
        var realm = CommonOptions.Realm("Which login to show; both when absent.");
        var output = CommonOptions.Output();
        var command = new Command("whoami", "Show who is signed in, as the tokens say.") { realm, output };
        command.SetAction(parsed =>
        {
            var store = parsed.Store(shell);
            Realm[] realms = parsed.GetValue(realm) is { } one ? [one] : [Realm.Corporate, Realm.Staff];
            var logins = realms.Select(r => SignedInUser.Of(r, store.ReadLogin(r), time.GetUtcNow())).OfType<SignedInUser>().ToList();
            if (logins.Count == 0)
            {
                throw new CliException(ExitCode.NotSignedIn, "Nobody is signed in.", next: "corpsec login");
            }
            Write(logins, shell, parsed.GetValue(output));
            return (int)(logins.Any(login => login.State != "expired") ? ExitCode.Ok : ExitCode.NotSignedIn);
        });
        return command;
    }

    private static void Write(List<SignedInUser> logins, Shell shell, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            shell.Out.WriteLine(JsonText.OfOne(new { logins }));
            return;
        }
        var table = new TableText("Realm", "Subject", "Client", "Roles", "Acr", "State", "Expires", "Signing key");
        foreach (var login in logins)
        {
            table.Add(
                login.Realm, login.Subject, login.Client, string.Join(',', login.Roles), login.Acr, login.State,
                $"{login.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z", login.SigningKey);
        }
        table.Write(shell);
    }
}

/// <summary>One line of <c>whoami</c>. State: <c>valid</c>, <c>renewable</c> (expired, a refresh token is there) or <c>expired</c>.</summary>
internal sealed record SignedInUser(
    string Realm, string? Subject, string? Person, string? Client, IReadOnlyList<string> Roles,
    string? Acr, IReadOnlyList<string> Amr, string State, DateTimeOffset ExpiresAt, string? SigningKey)
{
    public static SignedInUser? Of(Realm realm, StoredLogin? login, DateTimeOffset now)
    {
        if (login is null)
        {
            return null;
        }
        var claims = TokenClaims.Of(login.AccessToken);
        var state = login.ExpiresAt > now ? "valid" : login.RefreshToken is null ? "expired" : "renewable";
        return new SignedInUser(
            realm.Name(), claims.Subject, claims.Person, claims.Client, claims.Roles,
            claims.Acr, claims.Amr, state, login.ExpiresAt, login.SigningKeyId);
    }
}
