namespace CorpSecure.Benchmarks.Commit;

/// <param name="Rounds">Rounds of each side.</param>
/// <param name="Decisions">Decisions in one round of each side.</param>
/// <param name="Callers">Concurrent callers of the committer.</param>
/// <param name="Bound">Smallest median ratio that passes.</param>
internal sealed record CommitOptions(int Rounds, int Decisions, int Callers, double Bound);
