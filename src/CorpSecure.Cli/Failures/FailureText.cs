using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text.Json;
using CorpSecure.Client.Ops;
using CorpSecure.Client.Problems;
using CorpSecure.Client.SignIn;

namespace CorpSecure.Cli.Failures;

/// <summary>Turns a failure into three lines (what, why, what to do next) and its exit code.</summary>
internal static class FailureText
{
    public static ExitCode Write(Exception failure, TextWriter error)
    {
        if (failure is ProblemException denied)
        {
            return ProblemText.Write(denied.Problem, error);
        }
        if (failure is OpsException refused)
        {
            return ProblemText.Write(refused.Problem, error);
        }
        var told = Explain(failure);
        error.WriteLine($"corpsec: {told.Message}");
        if (told.Why is not null)
        {
            error.WriteLine($"  why:  {told.Why}");
        }
        if (told.Next is not null)
        {
            error.WriteLine($"  next: {told.Next}");
        }
        return told.Code;
    }

    private static CliException Explain(Exception failure) => failure switch
    {
        CliException told => told,
        SignInException { Error: "not_signed_in" or "invalid_grant" } signIn => new(
            ExitCode.NotSignedIn, "Your session has ended, sign in again: corpsec login", signIn.Message),
        SignInException { Error: "use_dpop_nonce" } nonce => new(
            ExitCode.Refused, "The server refuses the very nonces that it gives.", nonce.Message, ProblemText.NonceAdvice),
        SignInException { Error: "invalid_token" } ended => new(
            ExitCode.NotSignedIn, "Your session has ended, sign in again: corpsec login", ended.Message),
        SignInException { Error: "invalid_scope" or "insufficient_scope" } narrow => new(
            ExitCode.Refused, "The login is not good for this.", narrow.Message, "Sign in again, with a profile whose --scope has what is needed ('sessions' for sessions)."),
        SignInException signIn => new(ExitCode.Refused, $"The sign-in failed ({signIn.Error}).", signIn.Message),
        HttpRequestException { InnerException: JsonException } strange => new(ExitCode.Unavailable, "The answer makes no sense.", strange.Message),
        HttpRequestException { InnerException: AuthenticationException tls } => new(
            ExitCode.Unavailable, "The server's certificate is not trusted.", Innermost(tls),
            "If it comes from a private authority, name its PEM file: corpsec profile set --ca-file FILE"),
        HttpRequestException { StatusCode: HttpStatusCode status } http => new(
            (int)status >= 500 ? ExitCode.Unavailable : ExitCode.Refused, $"The server answered HTTP {(int)status}.", http.Message),
        HttpRequestException http => new(
            ExitCode.Unavailable, "The server cannot be reached.", Innermost(http), "Is it running? 'corpsec profile show' tells the addresses."),
        TaskCanceledException { InnerException: TimeoutException timeout } => new(
            ExitCode.Unavailable, "The server did not answer in time.", timeout.Message),
        OperationCanceledException => new(ExitCode.Unexpected, "Cancelled."),
        CryptographicException key => new(ExitCode.Usage, "A key or certificate file cannot be used.", key.Message),
        FileNotFoundException { FileName: { } file } when Path.IsPathRooted(file) => new(
            ExitCode.Usage, "A file cannot be used.", failure.Message),
        DirectoryNotFoundException or UnauthorizedAccessException => new(
            ExitCode.Usage, "A file cannot be used.", failure.Message),
        _ => new(ExitCode.Unexpected, $"Unexpected failure: {failure.GetType().Name}.", failure.Message),
    };

    private static string Innermost(Exception e) => e.InnerException is null ? e.Message : Innermost(e.InnerException);
}
