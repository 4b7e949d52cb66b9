using CorpSecure.Cli.Output;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Cli.Failures;

/// <summary>A refusal for a person: what, which decision, what to do next.</summary>
internal static class ProblemText
{
    public const string NonceAdvice = "Its replicas may not share the key that nonces are made with: tell whoever runs it.";

    private static readonly string[] SessionEnded = ["token.revoked", "token.expired"];

    public static ExitCode Write(ProblemDocument problem, TextWriter error)
    {
        error.WriteLine($"corpsec: {Shell.Harmless(problem.Title)} (HTTP {problem.Status}, {Shell.Harmless(problem.Code)})");
        if (problem.Detail is not null)
        {
            error.WriteLine($"  why:      {Shell.Harmless(problem.Detail)}");
        }
        if (problem.DecisionId is { } id)
        {
            error.WriteLine($"  decision: {id}");
        }
        if (NextFor(problem) is { } next)
        {
            error.WriteLine($"  next:     {next}");
        }
        return problem.Status >= 500 ? ExitCode.Unavailable : SessionEnded.Contains(problem.Code) ? ExitCode.NotSignedIn : ExitCode.Refused;
    }

    private static string? NextFor(ProblemDocument problem) => problem switch
    {
        { Code: "signature.key-cooling-off" } => "'corpsec keys list' tells from when it may sign; until then choose another key with --key.",
        { Code: var code } when SessionEnded.Contains(code) => "Your session has ended, sign in again: corpsec login",
        { Code: "dpop.nonce-missing" or "dpop.nonce-old" } => NonceAdvice,
        { Status: 401 } when problem.Code.StartsWith("signature.", StringComparison.Ordinal) || problem.Code.StartsWith("digest.", StringComparison.Ordinal) =>
            "See what was signed with --verbose; choose another key with --key.",
        { Status: 401 } => "Sign in again: corpsec login (with --acr mfa where two factors are asked for).",
        { Retryable: true } => "The same request may succeed later; repeat a payment under the same --idempotency-key.",
        { DecisionId: not null } => "Staff can look the decision up: corpsec decisions show ID",
        _ => null,
    };
}
