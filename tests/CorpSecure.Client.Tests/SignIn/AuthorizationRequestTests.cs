using CorpSecure.Client.SignIn;

namespace CorpSecure.Client.Tests.SignIn;

public sealed class AuthorizationRequestTests
{
    private static readonly ProviderMetadata Metadata = new()
    {
        Issuer = "https://issuer.example/",
        AuthorizationEndpoint = new Uri("https://issuer.example/authorize"),
        TokenEndpoint = new Uri("https://issuer.example/token"),
    };

    private readonly AuthorizationRequest _request = new(Metadata, "corpsec", new Uri("http://127.0.0.1:1234/callback"), "corporate", "urn:corpsecure:acr:pwd");

    private string State => _request.Address.Query.Split('&').Single(p => p.StartsWith("state=", StringComparison.Ordinal))[6..];

    [Fact]
    public void It_asks_for_a_code_with_an_s256_challenge_and_the_wanted_assurance()
    {
        _request.Address.Query.ShouldContain("response_type=code");
        _request.Address.Query.ShouldContain("code_challenge_method=S256");
        _request.Address.Query.ShouldContain("acr_values=urn%3Acorpsecure%3Aacr%3Apwd");
        State.Length.ShouldBeGreaterThanOrEqualTo(22);
    }

    [Fact]
    public void The_challenge_is_that_of_RFC_7636_appendix_B() =>
        ProofKey.FromVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").Challenge.ShouldBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");

    [Fact]
    public void A_good_response_gives_its_code() =>
        _request.ReadResponse($"code=abc&state={State}&iss=https%3A%2F%2Fissuer.example%2F").ShouldBe("abc");

    [Theory]
    [InlineData("code=abc&state=other&iss=https%3A%2F%2Fissuer.example%2F", "state_mismatch")]
    [InlineData("code=abc&iss=https%3A%2F%2Fissuer.example%2F", "state_mismatch")]
    [InlineData("code=abc&state=STATE", "issuer_mismatch")]
    [InlineData("code=abc&state=STATE&iss=https%3A%2F%2Fissuer.example", "issuer_mismatch")]
    [InlineData("error=access_denied&state=STATE&iss=https%3A%2F%2Fevil.example%2F", "issuer_mismatch")]
    [InlineData("error=access_denied&state=STATE&iss=https%3A%2F%2Fissuer.example%2F", "access_denied")]
    [InlineData("state=STATE&iss=https%3A%2F%2Fissuer.example%2F", "invalid_response")]
    [InlineData("code=a&code=b&state=STATE&iss=https%3A%2F%2Fissuer.example%2F", "invalid_response")]
    public void Any_other_response_is_refused(string query, string error) =>
        Should.Throw<SignInException>(() => _request.ReadResponse(query.Replace("STATE", State, StringComparison.Ordinal)))
            .Error.ShouldBe(error);
}
