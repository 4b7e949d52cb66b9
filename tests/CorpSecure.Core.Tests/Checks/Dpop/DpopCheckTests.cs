using CorpSecure.Core.Checks.Dpop;

namespace CorpSecure.Core.Tests.Checks.Dpop;

public sealed class DpopCheckTests
{
    private readonly DpopCheck check = new();

    private static Facts Bound => ARequest().WithToken(token => token with { KeyBound = true }) with { Proof = new ProofFacts { Thumbprint = "key", Id = "1", IssuedAt = Now } };

    [Fact]
    public void A_good_proof_is_let_through() => check.ShouldAllow(Bound);

    [Fact]
    public void A_token_that_is_bound_to_a_certificate_needs_none() => check.ShouldAllow(ARequest());

    [Fact]
    public void A_token_that_is_bound_to_a_key_is_nothing_without_one() => check.ShouldDeny(Bound with { Proof = null }, Reasons.DpopMissing);

    [Theory]
    [InlineData("dpop.malformed")]
    [InlineData("dpop.invalid")]
    [InlineData("dpop.method")]
    [InlineData("dpop.target")]
    [InlineData("dpop.token-hash")]
    [InlineData("dpop.stale")]
    [InlineData("dpop.from-the-future")]
    [InlineData("dpop.nonce-missing")]
    [InlineData("dpop.nonce-old")]
    public void A_faulty_proof_is_refused_for_its_fault(string fault) => check.ShouldDeny(Bound with { Proof = new ProofFacts { Fault = fault } }, Reasons.Of(fault));

    [Fact]
    public void The_proof_holds_only_beside_a_token_that_is_good()
    {
        Bound.ProofHolds.ShouldBeTrue();
        (Bound with { Proof = null }).ProofHolds.ShouldBeFalse();
        (Bound with { Proof = new ProofFacts { Fault = "dpop.stale" } }).ProofHolds.ShouldBeFalse();
        (Bound with { Token = null }).ProofHolds.ShouldBeFalse();
        Bound.WithToken(token => token with { KeyBound = false }).ProofHolds.ShouldBeFalse();
        Bound.WithToken(token => token with { Revoked = true }).ProofHolds.ShouldBeFalse();
        Bound.WithToken(token => token with { BindingHolds = false }).ProofHolds.ShouldBeFalse();
        Bound.WithToken(token => token with { ExpiresAt = Now }).ProofHolds.ShouldBeFalse();
        Bound.WithToken(token => token with { Fault = "token.invalid" }).ProofHolds.ShouldBeFalse();
    }
}
