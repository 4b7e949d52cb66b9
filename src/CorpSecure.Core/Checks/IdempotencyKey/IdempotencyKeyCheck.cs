using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;

namespace CorpSecure.Core.Checks.IdempotencyKey;

/// <summary>An order can be repeated safely only if it names itself.</summary>
public sealed class IdempotencyKeyCheck : ICheck
{
    private const int Longest = 128;

    public Stage Stage => Stage.Shape;

    public Finding Examine(Facts facts, Policy policy)
    {
        if (facts.Request.IdempotencyKey is { } key)
            return IsWellFormed(key) ? Finding.Allow : Finding.Deny(Reasons.IdempotencyKeyMalformed);
        return policy.FindRoute(facts) is { IdempotencyKey: true } ? Finding.Deny(Reasons.IdempotencyKeyMissing) : Finding.Allow;
    }

    // Printable ASCII, with or without the quotes of a structured-field string.
    private static bool IsWellFormed(string key) =>
        key.Length is >= 8 and <= Longest && key.All(c => c is > (char)0x20 and < (char)0x7F);
}
