using System.Text.Json;

namespace CorpSecure.Client.Ops.Decisions;

/// <summary>A decision with what it was taken on, and its place in the audit log.</summary>
/// <param name="Summary">The decision.</param>
/// <param name="Facts">The facts, personal data masked. Their members grow with the product.</param>
/// <param name="Entries">The entries of the audit log that record it.</param>
public sealed record DecisionDetail(DecisionSummary Summary, JsonElement Facts, IReadOnlyList<DecisionEntry> Entries);

/// <summary>One entry of the audit log.</summary>
/// <param name="Lane">The lane it stands in.</param>
/// <param name="Epoch">The epoch of the lane.</param>
/// <param name="Counter">Its number in the lane, gap-free.</param>
/// <param name="Kind">What it records.</param>
/// <param name="At">When it was made.</param>
/// <param name="Hash">Its hash, which its successor carries.</param>
public sealed record DecisionEntry(JsonElement Lane, long Epoch, long Counter, JsonElement Kind, DateTimeOffset At, string Hash);
