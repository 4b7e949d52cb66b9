using CorpSecure.Cli.Demo;
using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Output;
using CorpSecure.Cli.Sessions;
using CorpSecure.Client.SignIn;
using CorpSecure.Client.StepUp;

namespace CorpSecure.Cli.SignIn;

/// <summary>
/// Signs the user in again where a request needs it, and says so: as at the login, with the browser or, for a demo user, without. The key
/// of the tokens stays the same. Where nobody watches, nothing is opened and the refusal stands.
/// </summary>
internal sealed class StepUpRun(SignedIn signedIn, Shell shell, TimeProvider time)
{
    public async Task<SignInTokens?> RunAsync(StepUpChallenge challenge, CancellationToken cancellationToken)
    {
        if (Agent() is not { } agent)
        {
            return null;
        }
        await shell.Error.WriteLineAsync($"The bank asks for {Shell.Harmless(challenge.ToString())}. Signing in again ...");
        var settings = signedIn.Settings;
        var plan = new SignInPlan(settings.Issuer, signedIn.Client, settings.Scope, string.Join(' ', challenge.AcrValues), settings.RedirectPath)
        {
            DpopKey = signedIn.DpopKey,
            MaximumAge = challenge.MaximumAge,
        };
        var tokens = await new CodeSignIn(signedIn.Identity, time).RunAsync(plan, agent, cancellationToken);
        if (TokenClaims.Of(tokens.Access.Value).Subject != TokenClaims.Of(signedIn.Login.AccessToken).Subject)
        {
            throw new CliException(ExitCode.Refused, "Another user has signed in.", "The request was this login's user's, and was not repeated.", "corpsec login, if it is to be another user");
        }
        signedIn.Keep(tokens);
        await shell.Error.WriteLineAsync("Signed in; repeating the request.");
        return tokens;
    }

    private UserAgent? Agent()
    {
        if (signedIn.Login is { DemoFile: { } file, DemoUser: { } name })
        {
            return new HeadlessSignIn(DemoDocument.Read(file).User(name), signedIn.Profile.CaFile!, time, shell.Error).RunAsync;
        }
        return shell.IsWatched ? CodeSignIn.Browser(address => Browser.Show(address, shell, shell.IsInteractive)) : null;
    }
}
