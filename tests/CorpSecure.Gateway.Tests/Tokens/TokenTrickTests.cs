using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CorpSecure.Gateway.Tests.World;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Gateway.Tests.Tokens;

/// <summary>What forgers of tokens try. Each token here is bound to a key, and the proof beside it is good.</summary>
[Collection(GatewayCollection.Name)]
public sealed class TokenTrickTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    private const string Accounts = "/corporate/v1/accounts";

    [Theory]
    [InlineData("""{"alg":"none","typ":"at+jwt"}""", "token.invalid")]
    [InlineData("""{"alg":"None","typ":"at+jwt","kid":"issuer-1"}""", "token.invalid")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt","kid":"issuer-1"}""", "token.invalid")]
    [InlineData("""{"alg":"ES384","typ":"at+jwt","kid":"issuer-1"}""", "token.invalid")]
    [InlineData("""{"alg":"RS256","typ":"at+jwt","kid":"issuer-1"}""", "token.invalid")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt"}""", "token.invalid")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"../issuer-1"}""", "token.invalid")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"issuer-1' or '1'='1"}""", "token.invalid")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"ISSUER-2"}""", "token.invalid")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":""}""", "token.invalid")]
    [InlineData("""{"alg":"ES256","kid":"issuer-1"}""", "token.invalid")]
    [InlineData("""{"alg":"ES256","typ":"dpop+jwt","kid":"issuer-1"}""", "token.invalid")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"issuer-1","crit":["exp"],"exp":9999999999}""", "token.invalid")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"issuer-1","crit":[]}""", "token.invalid")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"issuer-1","crit":["b64"],"b64":false}""", "token.invalid")]
    [InlineData("""{"alg":"none","alg":"ES256","typ":"at+jwt","kid":"issuer-1"}""", "token.malformed")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"issuer-1"} """ + "x", "token.malformed")]
    [InlineData("[]", "token.malformed")]
    public Task A_header_with_a_trick_is_refused_whoever_signed_it(string header, string reason) => RefusedAsync(Signed(header, Claims()), reason);

    [Fact]
    public async Task Keys_that_a_token_brings_are_not_believed()
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = own.ExportParameters(false).Q;
        var jwk = $$"""{"kty":"EC","crv":"P-256","x":"{{Base64UrlEncoder.Encode(point.X)}}","y":"{{Base64UrlEncoder.Encode(point.Y)}}","kid":"mine"}""";
        foreach (var header in new[]
        {
            $$"""{"alg":"ES256","typ":"at+jwt","kid":"mine","jwk":{{jwk}}}""",
            """{"alg":"ES256","typ":"at+jwt","kid":"mine","jku":"https://localhost:1/keys"}""",
            """{"alg":"ES256","typ":"at+jwt","kid":"issuer-1","x5u":"https://localhost:1/cert"}""",
        })
        {
            var input = $"{Base64UrlEncoder.Encode(header)}.{Base64UrlEncoder.Encode(JsonSerializer.Serialize(Claims()))}";
            await RefusedAsync($"{input}.{Base64UrlEncoder.Encode(own.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))}", "token.invalid");
        }
    }

    [Theory]
    [InlineData("iss", "u-li")]
    [InlineData("sub", "u-li")]
    [InlineData("cnf", "{}")]
    public Task A_claim_that_stands_twice_is_malformed(string claim, string value)
    {
        var text = JsonSerializer.Serialize(Claims());
        return RefusedAsync(World.Corporate.Sign($"{{\"{claim}\":\"{value}\",{text[1..]}"), "token.malformed");
    }

    [Fact]
    public async Task A_second_spelling_of_the_same_bytes_is_malformed()
    {
        var token = World.Corporate.Token(Claims());
        (await World.SendAsync(ARequest.Get(World, Accounts).WithToken(token))).Status.ShouldBe(200);
        // 64 bytes of signature leave four bits of the last character that stand for nothing.
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var trailing = token[..^1] + Alphabet[Alphabet.IndexOf(token[^1], StringComparison.Ordinal) | 1];
        await RefusedAsync(trailing, "token.malformed");
        await RefusedAsync(token + "==", "token.malformed");
        await RefusedAsync(token.Replace(".", "=.", StringComparison.Ordinal), "token.malformed");
        await RefusedAsync(token + ".", "token.malformed");
        await RefusedAsync(token.Insert(10, "%41"), "token.malformed");
        await RefusedAsync(token.Replace('.', ' '), "token.malformed");
    }

    [Fact]
    public Task Two_audiences_of_which_one_is_ours_are_an_audience_of_ours_and_two_of_others_are_not()
    {
        var claims = Claims();
        claims["aud"] = new[] { "corpsecure-ops", "someone-else" };
        return RefusedAsync(World.Corporate.Token(claims), "token.invalid");
    }

    private Dictionary<string, object> Claims() => People.Claims(World, "anna");

    private string Signed(string header, Dictionary<string, object> claims)
    {
        var input = $"{Base64UrlEncoder.Encode(header)}.{Base64UrlEncoder.Encode(JsonSerializer.Serialize(claims))}";
        return $"{input}.{Base64UrlEncoder.Encode(World.Corporate.Key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))}";
    }

    private Task<Answer> RefusedAsync(string token, string reason)
    {
        var request = ARequest.Get(World, Accounts).WithToken(token);
        request.ProofKey = ProofKeys.Of("anna");
        return World.ShouldRefuseAsync(request, 401, reason);
    }
}
