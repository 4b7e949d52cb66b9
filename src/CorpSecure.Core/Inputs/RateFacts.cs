using CorpSecure.Core.Policies;

namespace CorpSecure.Core.Inputs;

/// <summary>A rate limit that had no room.</summary>
/// <param name="Limit">Its name in the policy.</param>
public sealed record RateFacts(string Limit, RateScope Per, RateKind Kind);
