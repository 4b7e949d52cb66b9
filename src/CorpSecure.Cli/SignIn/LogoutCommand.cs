using System.CommandLine;
using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Output;
using CorpSecure.Cli.Profiles;
using CorpSecure.Cli.Sessions;
using CorpSecure.Client.SignIn;

namespace CorpSecure.Cli.SignIn;

/// <summary><c>corpsec logout</c></summary>
internal static class LogoutCommand
{
    public static Command Create(Shell shell, TimeProvider time)
    {
        var realm = CommonOptions.Realm("Which login to end; both when absent.");
        var command = new Command("logout", "Revoke the login at the server, and forget its tokens and their key on this machine.") { realm };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var store = parsed.Store(shell);
            Realm[] realms = parsed.GetValue(realm) is { } one ? [one] : [Realm.Corporate, Realm.Staff];
            var failures = new List<Exception>();
            foreach (var each in realms.Where(each => store.ReadLogin(each) is not null))
            {
                if (await EndAsync(store, each, time, cancellationToken) is { } failure)
                {
                    failures.Add(failure);
                    continue;
                }
                await shell.Out.WriteLineAsync($"Signed out ({each.Name()}).");
            }
            if (failures.Count > 0)
            {
                throw new CliException(
                    ExitCode.Unavailable, "The login is forgotten here, but the server could not be told.", failures[0].Message,
                    "Its session ends when it has been idle long enough; from another login: corpsec sessions end ID");
            }
            return (int)ExitCode.Ok;
        });
        return command;
    }

    /// <summary>Whatever the server says, what lies here goes: the user is leaving.</summary>
    private static async Task<Exception?> EndAsync(ProfileStore store, Realm realm, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            using var signedIn = SignedIn.Open(store, realm);
            if (signedIn.Login.RefreshToken is { } refreshToken)
            {
                var metadata = await ProviderMetadata.DiscoverAsync(signedIn.Identity, signedIn.Settings.Issuer, cancellationToken);
                await new TokenEndpoint(signedIn.Identity, metadata, signedIn.Client, time, signedIn.DpopKey).RevokeAsync(refreshToken, cancellationToken);
            }
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or SignInException or CliException or TaskCanceledException)
        {
            return e;
        }
        finally
        {
            store.DeleteLogin(realm);
        }
    }
}
