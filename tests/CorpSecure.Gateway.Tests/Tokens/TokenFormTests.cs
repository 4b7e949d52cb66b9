using System.Security.Cryptography;
using System.Text;
using CorpSecure.Gateway.Tests.World;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Gateway.Tests.Tokens;

[Collection(GatewayCollection.Name)]
public sealed class TokenFormTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    private const string Accounts = "/corporate/v1/accounts";

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("not-a-token")]
    [InlineData("a.b.c")]
    [InlineData("ey.ey.ey")]
    public async Task A_token_that_is_none_is_malformed(string token)
    {
        var answer = await RefusedAsync(token, "token.malformed");
        answer.Message.Headers.WwwAuthenticate.ToString().ShouldContain("error=\"invalid_token\"");
    }

    [Fact]
    public Task Another_scheme_is_malformed() =>
        World.ShouldRefuseAsync(ARequest.Get(World, Accounts).With("Authorization", "Basic YW5uYTpzZWNyZXQ="), 401, "token.malformed");

    [Theory]
    [InlineData("{0}")]
    [InlineData("{0}1")]
    [InlineData("{0}{{}}")]
    [InlineData("{0}{0}")]
    [InlineData("{{\"sub\":\"u-li\",{1}")]
    public async Task Claims_with_two_readings_are_malformed_whoever_signed_them(string text)
    {
        var claims = System.Text.Json.JsonSerializer.Serialize(People.Claims(World, "anna"));
        var token = World.Corporate.Sign(string.Format(System.Globalization.CultureInfo.InvariantCulture, text, claims, claims[1..]));
        if (text == "{0}")
            (await World.SendAsync(ARequest.Get(World, Accounts).WithToken(token))).Status.ShouldBe(200);
        else
            await RefusedAsync(token, "token.malformed");
    }

    [Fact]
    public Task An_encrypted_token_is_refused() => RefusedAsync("eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA", "token.malformed");

    [Fact]
    public Task An_oversized_token_is_malformed() => RefusedAsync(new string('a', 9000), "token.malformed");

    [Fact]
    public async Task A_token_in_the_query_is_not_seen()
    {
        var answer = await World.ShouldRefuseAsync(ARequest.Get(World, $"{Accounts}?access_token={People.Token(World, "anna")}"), 401, "token.missing");
        answer.Message.Headers.WwwAuthenticate.ToString().ShouldNotContain("error");
    }

    [Fact]
    public Task An_unsigned_token_is_refused()
    {
        var header = Base64UrlEncoder.Encode("""{"alg":"none","typ":"at+jwt","kid":"issuer-1"}""");
        var payload = People.Token(World, "anna").Split('.')[1];
        return RefusedAsync($"{header}.{payload}.", "token.invalid");
    }

    [Fact]
    public Task A_token_keyed_with_the_public_key_is_refused()
    {
        var secret = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(World.Corporate.Key.ExportSubjectPublicKeyInfoPem())) { KeyId = "issuer-1" };
        return RefusedAsync(World.Corporate.Token(Claims(), credentials: new SigningCredentials(secret, SecurityAlgorithms.HmacSha256)), "token.invalid");
    }

    [Theory]
    [InlineData("issuer-1")]
    [InlineData("issuer-2")]
    public Task A_token_of_another_key_is_refused_whatever_its_key_id(string keyId)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var credentials = new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = keyId }, SecurityAlgorithms.EcdsaSha256);
        return RefusedAsync(World.Corporate.Token(Claims(), credentials: credentials), "token.invalid");
    }

    [Theory]
    [InlineData("JWT")]
    [InlineData("id_token+jwt")]
    [InlineData("corpsecure-assertion+jwt")]
    public Task A_token_of_another_type_is_refused(string type) => RefusedAsync(World.Corporate.Token(Claims(), type), "token.invalid");

    [Theory]
    [InlineData("iss", "https://localhost/")]
    [InlineData("aud", "corpsecure-ops")]
    [InlineData("sub", "")]
    [InlineData("auth_time", "yesterday")]
    [InlineData("auth_time", 1_780_000_000_000)]
    [InlineData("auth_time", 4_000_000_000)]
    public Task A_claim_of_another_value_is_refused(string claim, object value) => RefusedAsync(With(claim, value), "token.invalid");

    [Theory]
    [InlineData("iss", "token.invalid")]
    [InlineData("aud", "token.invalid")]
    [InlineData("sub", "token.invalid")]
    [InlineData("person", "token.invalid")]
    [InlineData("client_id", "token.invalid")]
    [InlineData("jti", "token.invalid")]
    [InlineData("iat", "token.invalid")]
    [InlineData("acr", "token.invalid")]
    [InlineData("amr", "token.invalid")]
    [InlineData("auth_time", "token.invalid")]
    [InlineData("exp", "token.expired")]
    public Task A_claim_that_is_missing_is_refused(string claim, string reason)
    {
        var claims = Claims();
        claims.Remove(claim);
        return RefusedAsync(World.Corporate.Token(claims), reason);
    }

    private Dictionary<string, object> Claims() => People.Claims(World, "anna");

    private string With(string claim, object value)
    {
        var claims = Claims();
        claims[claim] = value;
        return World.Corporate.Token(claims);
    }

    private Task<Answer> RefusedAsync(string token, string reason) => World.ShouldRefuseAsync(ARequest.Get(World, Accounts).WithToken(token), 401, reason);
}
