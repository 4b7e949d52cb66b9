using CorpSecure.Protocol.Dpop;
using static CorpSecure.Protocol.Tests.Dpop.Forgery;

namespace CorpSecure.Protocol.Tests.Dpop;

public sealed class DpopRulesTests
{
    private static readonly DpopReading Good = new()
    {
        Thumbprint = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I",
        Method = "GET",
        Target = "https://bank.example:8443/corporate/v1/accounts",
        IssuedAt = Now,
        Id = "a",
        TokenHash = DpopProof.TokenHash("the-token"),
    };

    private static readonly DpopExpectation Expected = new("GET", Good.Target, Now) { AccessToken = "the-token", Thumbprint = Good.Thumbprint };

    [Fact]
    public void A_proof_of_this_very_request_counts() => Assert.Equal(DpopFault.None, DpopRules.Check(Good, Expected));

    [Fact]
    public void The_fault_of_the_proof_itself_comes_first() =>
        Assert.Equal(DpopFault.Signature, DpopRules.Check(new DpopReading { Fault = DpopFault.Signature }, Expected));

    [Theory]
    [InlineData("POST")]
    [InlineData("get")]
    [InlineData("HEAD")]
    public void Another_method_is_refused(string method) =>
        Assert.Equal(DpopFault.Method, DpopRules.Check(Good with { Method = method }, Expected));

    [Theory]
    [InlineData("https://bank.example:8443/corporate/v1/accounts?limit=5")]
    [InlineData("https://bank.example:8443/corporate/v1/accounts?")]
    [InlineData("https://bank.example:8443/corporate/v1/accounts#x")]
    [InlineData("https://bank.example:8443/corporate/v1/accounts/")]
    [InlineData("https://bank.example:8443/corporate/v1/Accounts")]
    [InlineData("https://bank.example:8443/corporate/v1%2Faccounts")]
    [InlineData("https://bank.example:8443\\corporate\\v1\\accounts")]
    [InlineData("https://bank.example/corporate/v1/accounts")]
    [InlineData("https://bank.example:9444/corporate/v1/accounts")]
    [InlineData("https://other.example:8443/corporate/v1/accounts")]
    [InlineData("https://bank.example.:8443/corporate/v1/accounts")]
    [InlineData("http://bank.example:8443/corporate/v1/accounts")]
    [InlineData("https://user@bank.example:8443/corporate/v1/accounts")]
    [InlineData("https://@bank.example:8443/corporate/v1/accounts")]
    [InlineData("/corporate/v1/accounts")]
    [InlineData("x")]
    public void Another_address_is_refused(string target) =>
        Assert.Equal(DpopFault.Target, DpopRules.Check(Good with { Target = target }, Expected));

    [Theory]
    [InlineData("HTTPS://Bank.Example:8443/corporate/v1/accounts")]
    [InlineData("https://bank.example:8443/corporate/./v1/accounts")]
    public void The_same_address_written_otherwise_counts(string target) =>
        Assert.Equal(DpopFault.None, DpopRules.Check(Good with { Target = target }, Expected));

    [Theory]
    [InlineData("https://bank.example:443/a")]
    [InlineData("https://bank.example/a")]
    public void The_default_port_may_be_named(string target) =>
        Assert.Equal(DpopFault.None, DpopRules.Check(Good with { Target = target }, Expected with { Target = "https://bank.example/a" }));

    [Theory]
    [InlineData(-60.0, DpopFault.None)]
    [InlineData(-60.001, DpopFault.Stale)]
    [InlineData(10.0, DpopFault.None)]
    [InlineData(10.001, DpopFault.Future)]
    [InlineData(1e9, DpopFault.Future)]
    [InlineData(-1e9, DpopFault.Stale)]
    public void A_proof_counts_for_sixty_seconds_and_ten_ahead(double seconds, DpopFault fault) =>
        Assert.Equal(fault, DpopRules.Check(Good with { IssuedAt = Now.AddSeconds(seconds) }, Expected));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("the-token")]
    public void A_proof_for_another_token_is_refused(string? hash) =>
        Assert.Equal(DpopFault.TokenHash, DpopRules.Check(Good with { TokenHash = hash }, Expected));

    [Fact]
    public void Where_there_is_no_token_its_hash_does_not_matter() =>
        Assert.Equal(DpopFault.None, DpopRules.Check(Good with { TokenHash = null }, Expected with { AccessToken = null }));

    [Fact]
    public void Another_key_than_the_tokens_is_refused() =>
        Assert.Equal(DpopFault.Thumbprint, DpopRules.Check(Good with { Thumbprint = "x" + Good.Thumbprint[1..] }, Expected));
}
