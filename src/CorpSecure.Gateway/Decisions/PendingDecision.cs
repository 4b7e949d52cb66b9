using System.Security.Cryptography;
using System.Text;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Ledger.Entries;

namespace CorpSecure.Gateway.Decisions;

/// <summary>A decision on its way into the ledger. The nonce counts as used once token, binding and signature are all valid, whatever the verdict.</summary>
public sealed class PendingDecision(Facts facts, Decision decision, SealedPart sealedFacts, IReadOnlyList<byte[]> tags)
{
    public Facts Facts => facts;

    public byte[]? NonceDigest { get; } = facts is { Token.Fault: null, SignatureHolds: true } ? Digest(facts.Signature!) : null;

    /// <summary>The signed date, which every replay repeats.</summary>
    public DateOnly NonceDate => DateOnly.FromDateTime(facts.Signature!.Created.UtcDateTime);

    public Reservation Reservation { get; set; } = Reservation.None;

    /// <summary>The decision after its reservations were settled.</summary>
    public Decision Settled => DecisionPoint.Settle(decision, Reservation);

    public EntryDraft Draft(string replica) => new(facts.DecisionId, EntryKind.Decision, facts.At, DecisionRecord.Write(facts, Settled, replica))
    {
        Sealed = sealedFacts,
        Tags = tags,
    };

    private static byte[] Digest(SignatureFacts signature) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"signature\0{signature.KeyId}\0{signature.Nonce}"));
}
