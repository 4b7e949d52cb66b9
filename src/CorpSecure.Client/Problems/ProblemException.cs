using CorpSecure.Client.StepUp;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Client.Problems;

/// <summary>The gateway, or something in its place, did not do what was asked (RFC 9457).</summary>
/// <param name="problem">The problem.</param>
/// <param name="stepUp">The sign-in that is wanted first, where that is the problem.</param>
public sealed class ProblemException(ProblemDocument problem, StepUpChallenge? stepUp = null) : Exception(
    $"{problem.Title} ({problem.Code}, HTTP {problem.Status}{(problem.DecisionId is { } id ? $", decision {id}" : "")}{(stepUp is null ? "" : $"; it takes {stepUp}")})")
{
    /// <summary>The sign-in that the gateway wants first (RFC 9470), where that is the problem; else null.</summary>
    public StepUpChallenge? StepUp { get; } = stepUp;

    /// <summary>The whole document.</summary>
    public ProblemDocument Problem { get; } = problem;

    /// <summary>The stable reason code, such as <c>signature.invalid</c>. Write program logic against this, never against the title.</summary>
    public string Code => Problem.Code;

    /// <summary>The HTTP status.</summary>
    public int Status => Problem.Status;

    /// <summary>The decision behind it: the handle to give to the bank's support.</summary>
    public Guid? DecisionId => Problem.DecisionId;

    /// <summary>Whether the same request, under the same idempotency key, may succeed later.</summary>
    public bool Retryable => Problem.Retryable;
}
