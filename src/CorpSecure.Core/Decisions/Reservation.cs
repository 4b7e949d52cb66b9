namespace CorpSecure.Core.Decisions;

/// <summary>What the database answered to a decision's reservations.</summary>
/// <param name="NonceSpent">Whether this decision is the one that spent the nonce; null when it had none.</param>
/// <param name="ProofSpent">The same of the proof's id.</param>
public sealed record Reservation(bool? NonceSpent, bool? ProofSpent = null)
{
    public static readonly Reservation None = new((bool?)null);
}
