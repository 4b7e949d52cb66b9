using CorpSecure.Core.Checks.IdempotencyKey;

namespace CorpSecure.Core.Tests.Checks.IdempotencyKey;

public sealed class IdempotencyKeyCheckTests
{
    private readonly IdempotencyKeyCheck check = new();

    [Theory]
    [InlineData("12345678")]
    [InlineData("\"8e03978e-40d5-43dd-bc93-6894a57f9324\"")]
    [InlineData("a~!@#$%^&*()_+")]
    public void A_printable_key_is_let_through(string key) => check.ShouldAllow(Payment(key));

    [Fact]
    public void A_key_of_128_characters_is_let_through() => check.ShouldAllow(Payment(new string('k', 128)));

    [Fact]
    public void Reading_needs_no_key() => check.ShouldAllow(ARequest());

    [Fact]
    public void A_payment_without_a_key_is_refused() => check.ShouldDeny(Payment(null), Reasons.IdempotencyKeyMissing);

    [Theory]
    [InlineData("")]
    [InlineData("1234567")]
    [InlineData("with space")]
    [InlineData("with\ttab")]
    [InlineData("with\nbreak")]
    [InlineData("umlaut-ü")]
    [InlineData("del-\u007f-del")]
    public void A_malformed_key_is_refused(string key) => check.ShouldDeny(Payment(key), Reasons.IdempotencyKeyMalformed);

    [Fact]
    public void A_key_of_129_characters_is_refused() => check.ShouldDeny(Payment(new string('k', 129)), Reasons.IdempotencyKeyMalformed);

    [Fact]
    public void A_malformed_key_is_refused_also_where_none_is_asked_for() =>
        check.ShouldDeny(ARequest().With(request => request with { IdempotencyKey = "short" }), Reasons.IdempotencyKeyMalformed);

    private static Facts Payment(string? key) => APayment().With(request => request with { IdempotencyKey = key });
}
