using CorpSecure.Core.Checks.Token;

namespace CorpSecure.Core.Tests.Checks.Token;

public sealed class TokenCheckTests
{
    private readonly TokenCheck check = new();

    [Fact]
    public void A_valid_token_is_let_through() => check.ShouldAllow(ARequest());

    [Fact]
    public void A_request_without_a_token_is_refused() => check.ShouldDeny(ARequest() with { Token = null }, Reasons.TokenMissing);

    [Theory]
    [InlineData("token.malformed")]
    [InlineData("token.invalid")]
    [InlineData("token.unverifiable")]
    public void A_faulty_token_is_refused_for_its_fault(string fault) =>
        check.ShouldDeny(ARequest() with { Token = new TokenFacts { Fault = fault } }, Reasons.Of(fault));

    [Fact]
    public void A_fault_that_no_reason_names_is_never_let_through() =>
        Should.Throw<KeyNotFoundException>(() => check.Examine(ARequest() with { Token = new TokenFacts { Fault = "token.unheard-of" } }));

    [Fact]
    public void A_token_is_good_until_the_moment_it_expires()
    {
        check.ShouldAllow(ARequest().WithToken(token => token with { ExpiresAt = Now.AddTicks(1) }));
        check.ShouldDeny(ARequest().WithToken(token => token with { ExpiresAt = Now }), Reasons.TokenExpired);
    }

    [Fact]
    public void A_revoked_token_is_refused() => check.ShouldDeny(ARequest().WithToken(token => token with { Revoked = true }), Reasons.TokenRevoked);

    [Fact]
    public void A_token_that_is_bound_to_nobody_is_refused() => check.ShouldDeny(ARequest().WithToken(token => token with { Unbound = true }), Reasons.TokenUnbound);

    [Fact]
    public void A_token_of_a_certificate_that_was_revoked_is_refused() =>
        check.ShouldDeny(ARequest().WithToken(token => token with { SenderFault = "certificate.revoked" }), Reasons.CertificateRevoked);

    [Fact]
    public void A_token_of_another_sender_is_refused() =>
        check.ShouldDeny(ARequest().WithToken(token => token with { BindingHolds = false }), Reasons.TokenBinding);
}
