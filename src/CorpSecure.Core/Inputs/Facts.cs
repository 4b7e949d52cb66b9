using System.Text.Json.Serialization;
using CorpSecure.Core.Decisions;

namespace CorpSecure.Core.Inputs;

/// <summary>All that a decision rests on. <see cref="At"/> is its only time. Grows by stages; holds no secret.</summary>
public sealed record Facts
{
    public required Guid DecisionId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Listener Listener { get; init; }

    /// <summary>The last stage whose facts are here.</summary>
    public Stage Reached { get; init; } = Stage.Shape;

    public required RequestFacts Request { get; init; }

    /// <summary>The rate limit that had no room for this request; null when all had.</summary>
    public RateFacts? Exceeded { get; init; }

    public TokenFacts? Token { get; init; }

    /// <summary>Only with a token that is bound to a key.</summary>
    public ProofFacts? Proof { get; init; }

    /// <summary>Token and proof are both good: the proof's id is spent by this decision, whatever the verdict.</summary>
    [JsonIgnore]
    public bool ProofHolds => Proof is { Fault: null } && Token is { KeyBound: true } token && token.IsGood(At);

    public SignatureFacts? Signature { get; init; }

    /// <summary>The signature was verified with the public key, be it a registered one or one that the body brought.</summary>
    [JsonIgnore]
    public bool SignatureHolds => Signature is { Fault: null } signature && (!signature.ByKeyInBody || Enrolment is { Fault: null });

    public SubjectFacts? Subject { get; init; }

    /// <summary>Accounts that path and body name.</summary>
    public IReadOnlyList<AccountFacts> Accounts { get; init; } = [];

    public BodyFacts? Body { get; init; }

    /// <summary>Only on a route that registers keys.</summary>
    public EnrolmentFacts? Enrolment { get; init; }
}

/// <summary>Which door the request came through, by local port.</summary>
public enum Listener
{
    Api,
    Ops,
}
