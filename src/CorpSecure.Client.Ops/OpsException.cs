using CorpSecure.Protocol.Problems;

namespace CorpSecure.Client.Ops;

/// <summary>The ops API did not do what was asked (RFC 9457).</summary>
/// <param name="problem">The problem.</param>
public sealed class OpsException(ProblemDocument problem) : Exception($"{problem.Title} ({problem.Code}, HTTP {problem.Status})")
{
    /// <summary>The stable reason code and all else there is to know.</summary>
    public ProblemDocument Problem { get; } = problem;
}
