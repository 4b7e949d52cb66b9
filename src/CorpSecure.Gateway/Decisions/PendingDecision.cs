using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Ledger.Entries;

namespace CorpSecure.Gateway.Decisions;

/// <summary>
/// A decision on its way into the ledger. The proof's id counts as used once token and proof are good, the nonce once the signature is good too,
/// whatever the verdict.
/// </summary>
public sealed class PendingDecision : PendingEntry
{
    private readonly Facts facts;
    private readonly Decision decision;
    private readonly SealedPart sealedFacts;
    private readonly IReadOnlyList<byte[]> tags;
    private readonly SpentId? nonce;
    private readonly SpentId? proof;
    private Reservation reservation = Reservation.None;

    public PendingDecision(Facts facts, Decision decision, SealedPart sealedFacts, IReadOnlyList<byte[]> tags)
    {
        this.facts = facts;
        this.decision = decision;
        this.sealedFacts = sealedFacts;
        this.tags = tags;
        nonce = facts is { Token.Fault: null, SignatureHolds: true } ? SpentId.Of(facts.Signature!) : null;
        proof = facts.ProofHolds ? SpentId.Of(facts.Proof!) : null;
        Spends = (proof, nonce) switch
        {
            (null, null) => [],
            ({ } one, null) => [one],
            (null, { } one) => [one],
            ({ } one, { } other) => [one, other],
        };
    }

    public override Guid DecisionId => facts.DecisionId;

    public override IReadOnlyList<SpentId> Spends { get; }

    /// <summary>It must wait for what signed requests wait for.</summary>
    public bool IsSigned => nonce is not null;

    /// <summary>The decision after its reservations were settled.</summary>
    public Decision Settled => DecisionPoint.Settle(decision, reservation);

    public override void Settle(Func<SpentId, bool> isFirst) =>
        reservation = new Reservation(nonce is null ? null : isFirst(nonce), proof is null ? null : isFirst(proof));

    public override EntryDraft Draft(string replica) => new(facts.DecisionId, EntryKind.Decision, facts.At, DecisionRecord.Write(facts, Settled, replica))
    {
        Sealed = sealedFacts,
        Tags = tags,
    };
}
