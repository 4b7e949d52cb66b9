using System.Text;
using CorpSecure.Gateway.Tests.World;
using CorpSecure.Protocol.Dpop;
using CorpSecure.Protocol.Signatures;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Gateway.Tests.Dpop;

/// <summary>RFC 9449 section 4.3, each step broken by itself. Refused, recorded with its reason, not forwarded; and the caller learns nothing useful.</summary>
[Collection(GatewayCollection.Name)]
public sealed class ProofFaultTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    private const string Accounts = "/corporate/v1/accounts";

    public static TheoryData<string> Algorithms => [.. new[] { SignatureAlgorithm.EcdsaP256Sha256, SignatureAlgorithm.Ed25519, SignatureAlgorithm.TryFind("PS256", out var ps256) ? ps256! : null! }.Select(algorithm => algorithm.Name)];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_proof_by_the_tokens_key_is_good(string algorithm)
    {
        SignatureAlgorithm.TryFind(algorithm, out var known).ShouldBeTrue();
        var key = ProofKeys.Remember(SigningKey.Generate(known!));
        var claims = People.Claims(World, "anna");
        claims["cnf"] = new Dictionary<string, object> { ["jkt"] = DpopProof.Thumbprint(key) };
        (await World.SendAsync(Read().WithToken(World.Corporate.Token(claims)))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_request_without_a_proof_is_told_to_bring_one()
    {
        var request = Read();
        request.ProofSent = _ => null;
        var answer = await World.ShouldRefuseAsync(request, 401, "dpop.missing");
        Challenge(answer).ShouldContain("error=\"invalid_dpop_proof\"");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b")]
    [InlineData("e30.e30.AA.AA")]
    public Task What_is_no_proof_is_malformed(string text) => MalformedAsync(_ => text);

    [Fact]
    public Task Two_proofs_in_one_header_are_malformed() => MalformedAsync(proof => $"{proof}, {proof}");

    [Fact]
    public Task Two_headers_are_refused()
    {
        var head = Wire.Head(Read().Build());
        var proof = head[head.IndexOf("DPoP: ey", StringComparison.Ordinal)..];
        return World.ShouldRefuseRawAsync(head + proof[..(proof.IndexOf('\n', StringComparison.Ordinal) + 1)], 400, "header.repeated");
    }

    [Fact]
    public Task A_second_spelling_of_a_proof_is_malformed() => MalformedAsync(proof => proof.Replace(".", "=.", StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"typ":"JWT","alg":"ES256","jwk":KEY}""")]
    [InlineData("""{"alg":"ES256","jwk":KEY}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"none","jwk":KEY}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"HS256","jwk":KEY}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES384","jwk":KEY}""")]
    [InlineData("""{"typ":"dpop+jwt","jwk":KEY}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256"}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"oct","k":"AAAA"}}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":PRIVATE}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":KEY,"kid":"issuer-1"}""")]
    public Task Another_header_is_invalid(string header) => InvalidAsync(proof => WithHeader(proof, header), "dpop.invalid");

    [Theory]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":KEY,"crit":["exp"],"exp":1}""")]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","alg":"none","jwk":KEY}""")]
    [InlineData("[]")]
    public Task A_header_with_a_second_reading_is_malformed(string header) => InvalidAsync(proof => WithHeader(proof, header), "dpop.malformed");

    [Fact]
    public Task A_proof_that_was_changed_is_invalid() => InvalidAsync(proof => proof[..^4] + (proof.EndsWith("AAAA", StringComparison.Ordinal) ? "BAAA" : "AAAA"), "dpop.invalid");

    [Theory]
    [InlineData("POST")]
    [InlineData("get")]
    [InlineData("HEAD")]
    public Task For_another_method_it_is_no_proof(string other) => SaysAsync(claims => claims with { Method = other }, "dpop.method");

    [Theory]
    [InlineData("https://bank.example/corporate/v1/accounts")]
    [InlineData("http://localhost:{port}/corporate/v1/accounts")]
    [InlineData("https://localhost/corporate/v1/accounts")]
    [InlineData("https://localhost:{ops}/corporate/v1/accounts")]
    [InlineData("https://localhost:{port}/corporate/v1/payees")]
    [InlineData("https://localhost:{port}/corporate/v1/accounts/")]
    [InlineData("https://localhost:{port}/corporate/v1/Accounts")]
    [InlineData("https://localhost:{port}/corporate/v1/accounts?limit=1")]
    [InlineData("https://localhost:{port}/corporate/v1/accounts#x")]
    [InlineData("https://u@localhost:{port}/corporate/v1/accounts")]
    [InlineData("/corporate/v1/accounts")]
    public Task For_another_address_it_is_no_proof(string other) => SaysAsync(
        claims => claims with { Target = other.Replace("{port}", $"{World.ApiPort}", StringComparison.Ordinal).Replace("{ops}", $"{World.OpsPort}", StringComparison.Ordinal) }, "dpop.target");

    [Fact]
    public async Task The_query_is_not_part_of_it() => (await World.SendAsync(ARequest.Get(World, Accounts + "?limit=2").By("anna"))).Status.ShouldBe(200);

    [Fact]
    public async Task For_another_token_it_is_no_proof()
    {
        await SaysAsync(claims => claims with { TokenHash = DpopProof.TokenHash(People.Token(World, "anna")) }, "dpop.token-hash");
        await SaysAsync(claims => claims with { TokenHash = null }, "dpop.token-hash");
        await SaysAsync(claims => claims with { TokenHash = "" }, "dpop.token-hash");
    }

    [Theory]
    [InlineData(-61, "dpop.stale")]
    [InlineData(-86400, "dpop.stale")]
    [InlineData(11, "dpop.from-the-future")]
    [InlineData(86400, "dpop.from-the-future")]
    public async Task Beyond_its_time_it_is_no_proof(int seconds, string reason)
    {
        await World.AlignAsync();
        var answer = await SaysAsync(claims => claims with { IssuedAt = claims.IssuedAt.AddSeconds(seconds) }, reason, told: reason);
        answer.Body!.Value.GetProperty("retryable").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(10)]
    public async Task At_the_edge_of_its_time_it_is_good(int seconds)
    {
        await World.AlignAsync();
        var request = Read();
        request.ProofSays = claims => claims with { IssuedAt = claims.IssuedAt.AddSeconds(seconds) };
        (await World.SendAsync(request)).Status.ShouldBe(200);
    }

    [Fact]
    public Task Without_an_id_it_is_no_proof() => SaysAsync(claims => claims with { Id = "" }, "dpop.invalid");

    [Fact]
    public Task With_an_endless_id_it_is_no_proof() => SaysAsync(claims => claims with { Id = new string('x', 257) }, "dpop.invalid");

    [Fact]
    public async Task By_another_key_it_is_not_the_senders_token()
    {
        var request = Read();
        request.ProofKey = ProofKeys.Of("carla");
        var answer = await World.ShouldRefuseAsync(request, 401, "token.binding");
        Challenge(answer).ShouldContain("error=\"invalid_token\"");
    }

    private ARequest Read() => ARequest.Get(World, Accounts).By("anna");

    private Task MalformedAsync(Func<string, string> sent) => InvalidAsync(sent, "dpop.malformed");

    private async Task InvalidAsync(Func<string, string> sent, string reason)
    {
        var request = Read();
        request.ProofSent = sent;
        await ToldNothingAsync(request, reason, "dpop.invalid");
    }

    private Task<Answer> SaysAsync(Func<DpopClaims, DpopClaims> says, string reason, string told = "dpop.invalid")
    {
        var request = Read();
        request.ProofSays = says;
        return ToldNothingAsync(request, reason, told);
    }

    private async Task<Answer> ToldNothingAsync(ARequest request, string reason, string told)
    {
        var answer = await World.ShouldRefuseAsync(request, 401, reason);
        answer.Code.ShouldBe(told);
        Challenge(answer).ShouldContain("error=\"invalid_dpop_proof\"");
        var entry = (await World.EntriesAsync(answer.DecisionId)).ShouldHaveSingleItem();
        (entry.Text("subject"), entry.Text("verdict")).ShouldBe(("u-anna", "Deny"));
        return answer;
    }

    private static string Challenge(Answer answer) => answer.Message.Headers.WwwAuthenticate.ToString();

    /// <summary>The same claims under another header, signed as that header says, as far as anything can be.</summary>
    private static string WithHeader(string proof, string header)
    {
        var key = ProofKeys.Of("anna");
        var jwk = System.Text.Json.JsonDocument.Parse(Base64UrlEncoder.Decode(proof.Split('.')[0])).RootElement.GetProperty("jwk").GetRawText();
        var text = header.Replace("KEY", jwk, StringComparison.Ordinal).Replace("PRIVATE", jwk[..^1] + ",\"d\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}", StringComparison.Ordinal);
        if (text.Contains("\"kid\"", StringComparison.Ordinal))
            return $"{Base64UrlEncoder.Encode(text)}.{proof.Split('.')[1]}.{proof.Split('.')[2]}"; // signed for another header
        var input = $"{Base64UrlEncoder.Encode(text)}.{proof.Split('.')[1]}";
        var signature = new byte[key.Algorithm.LargestSignature];
        var length = key.Sign(Encoding.ASCII.GetBytes(input), signature);
        return $"{input}.{Base64UrlEncoder.Encode(signature[..length])}";
    }
}
