using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.Tokens;

/// <summary>Client assertions that a library might read in its own way. Every one of them gets the same answer.</summary>
[Collection(IdentityCollection.Name)]
public sealed class AssertionFormTests(IdentityFixture fixture)
{
    public static TheoryData<string> Tricks =>
    [
        "none", "None", "none with a signature", "HS256 by the key's PEM", "HS256 by the key's DER", "HS256 by the JWK", "RS256", "ES384", "no alg",
        "crit", "crit of a known name", "b64", "typ of an access token", "typ of a proof", "typ of a number",
        "kid of a path", "kid of a number", "jwk in the header", "jku in the header", "x5u and stranger's key",
        "iss twice", "aud twice", "alg twice", "exp twice", "aud as a list", "aud of the token endpoint", "aud of the other realm", "aud without its slash", "aud and another",
        "iss of another client", "sub of another client", "unknown client", "exp as text", "padding", "standard base64", "bits that stand for nothing", "four parts", "two parts",
        "five parts", "white space", "a list", "empty", "replay",
    ];

    [Theory]
    [MemberData(nameof(Tricks))]
    public async Task A_trick_is_answered_like_every_other(string trick)
    {
        using var machine = await MachineAsync();
        using var other = await MachineAsync();
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var used = machine.Assertion();
        if (trick == "replay")
            (await AskAsync(machine, used)).Status.ShouldBe(200);
        var claims = machine.AssertionClaims();
        var (header, body) = (JsonSerializer.Serialize(new { alg = "ES256", typ = "JWT" }), JsonSerializer.Serialize(claims));
        var sign = Jwt.Es256(machine.Key);

        var assertion = trick switch
        {
            "none" => Jwt.Make(new { alg = "none" }, claims, _ => []),
            "None" => Jwt.Make(new { alg = "None" }, claims, _ => []),
            "none with a signature" => Jwt.Make(new { alg = "none" }, claims, sign),
            "HS256 by the key's PEM" => Jwt.Make(new { alg = "HS256" }, claims, data => HMACSHA256.HashData(Encoding.UTF8.GetBytes(machine.Key.ExportSubjectPublicKeyInfoPem()), data)),
            "HS256 by the key's DER" => Jwt.Make(new { alg = "HS256" }, claims, data => HMACSHA256.HashData(machine.Key.ExportSubjectPublicKeyInfo(), data)),
            "HS256 by the JWK" => Jwt.Make(new { alg = "HS256" }, claims, data => HMACSHA256.HashData(machine.Key.ExportParameters(false).Q.X!, data)),
            "RS256" => Jwt.Make(new { alg = "RS256" }, claims, sign),
            "ES384" => Jwt.Make(new { alg = "ES384" }, claims, data => machine.Key.SignData(data, HashAlgorithmName.SHA384)),
            "no alg" => Jwt.Make(new { typ = "JWT" }, claims, sign),
            "crit" => Jwt.Make(new { alg = "ES256", crit = new[] { "exp" }, exp = 1 }, claims, sign),
            "crit of a known name" => Jwt.Make(new { alg = "ES256", crit = new[] { "alg" } }, claims, sign),
            "b64" => Jwt.Make(new { alg = "ES256", b64 = false }, claims, sign),
            "typ of an access token" => Jwt.Make(new { alg = "ES256", typ = "at+jwt" }, claims, sign),
            "typ of a proof" => Jwt.Make(new { alg = "ES256", typ = "dpop+jwt" }, claims, sign),
            "typ of a number" => Jwt.Make(new { alg = "ES256", typ = 1 }, claims, sign),
            "kid of a path" => Jwt.Make(new { alg = "ES256", kid = "../../../../dev/null" }, claims, Jwt.Es256(stranger)),
            "kid of a number" => Jwt.Make(new { alg = "ES256", kid = 1 }, claims, sign),
            "jwk in the header" => Jwt.Make(new { alg = "ES256", jwk = Public(stranger) }, claims, Jwt.Es256(stranger)),
            "jku in the header" => Jwt.Make(new { alg = "ES256", jku = "https://evil.example/jwks" }, claims, Jwt.Es256(stranger)),
            "x5u and stranger's key" => Jwt.Make(new { alg = "ES256", x5u = "https://evil.example/x5u" }, claims, Jwt.Es256(stranger)),
            "iss twice" => Jwt.MakeOfText(header, $"{{\"iss\":\"{other.ClientId}\",{body[1..]}", sign),
            "aud twice" => Jwt.MakeOfText(header, $"{{\"aud\":\"https://evil.example/\",{body[1..]}", sign),
            "alg twice" => Jwt.MakeOfText($"{{\"alg\":\"none\",{header[1..]}", body, sign),
            "exp twice" => Jwt.MakeOfText(header, $"{{\"exp\":1,{body[1..]}", sign),
            "aud as a list" => With("aud", new[] { "https://localhost:8444/" }),
            "aud of the token endpoint" => With("aud", "https://localhost:8444/connect/token"),
            "aud of the other realm" => With("aud", "https://localhost:9445/"),
            "aud without its slash" => With("aud", "https://localhost:8444"),
            "aud and another" => With("aud", new[] { "https://localhost:8444/", "https://evil.example/" }),
            "iss of another client" => With("iss", other.ClientId),
            "sub of another client" => With("sub", other.ClientId),
            "unknown client" => Jwt.Make(new { alg = "ES256" }, new Dictionary<string, object?>(claims) { ["iss"] = "nobody", ["sub"] = "nobody" }, sign),
            "exp as text" => With("exp", claims["exp"]!.ToString()),
            "padding" => used + "=",
            "standard base64" => string.Join('.', used.Split('.').Select(part => part.Replace('-', '+').Replace('_', '/'))) + "+",
            "bits that stand for nothing" => NotCanonical(used),
            "four parts" => used + ".x",
            "two parts" => used[..used.LastIndexOf('.')],
            "five parts" => used + ".x.x",
            "white space" => used.Replace(".", ". ", StringComparison.Ordinal),
            "a list" => Jwt.MakeOfText(header, "[]", sign),
            "empty" => "..",
            "replay" => used,
            _ => throw new ArgumentOutOfRangeException(nameof(trick), trick, null),
        };
        var answer = await AskAsync(machine, assertion);

        answer.Status.ShouldBe(401);
        JsonSerializer.Serialize(answer.Body).ShouldBe("""{"error":"invalid_client","error_description":"Client authentication failed."}""");

        string With(string name, object? value)
        {
            claims[name] = value;
            return Jwt.Make(new { alg = "ES256" }, claims, sign);
        }
    }

    [Fact]
    public async Task Whether_a_client_exists_is_not_told()
    {
        using var machine = await MachineAsync();
        var answers = new List<string>();
        foreach (var (client, secret) in new[] { (machine.ClientId, null), ("nobody", null), (machine.ClientId, "secret"), ("nobody", "secret") })
        {
            var parameters = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["scope"] = "corporate", ["client_id"] = client };
            if (secret is not null)
                parameters["client_secret"] = secret;
            var answer = await machine.TokenAsync(parameters);
            answers.Add($"{secret} {answer.Status} {JsonSerializer.Serialize(answer.Body)}");
        }

        answers.Distinct().Count().ShouldBe(2, string.Join('\n', answers)); // a secret is no way to authenticate, for nobody
    }

    [Fact]
    public async Task The_answer_at_the_endpoint_for_pushed_requests_is_the_same()
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var stranger = await Portal.CreateAsync(fixture, fixture.Corporate);

        foreach (var assertion in new[] { stranger.Assertion(), Jwt.Make(new { alg = "none" }, portal.AssertionClaims(), _ => []), "x.y.z" })
        {
            var answer = await portal.PushAsync(("client_assertion", assertion));
            answer.Status.ShouldBe(401);
            answer.Body.GetProperty("error_description").GetString().ShouldBe("Client authentication failed.");
        }
    }

    [Fact]
    public async Task An_RSA_client_authenticates_with_PS256_and_not_with_RS256()
    {
        using var rsa = RSA.Create(2048);
        var numbers = rsa.ExportParameters(false);
        var jwk = JsonSerializer.SerializeToElement(new { kty = "RSA", n = System.Buffers.Text.Base64Url.EncodeToString(numbers.Modulus), e = System.Buffers.Text.Base64Url.EncodeToString(numbers.Exponent) });
        using var machine = await Portal.CreateAsync(
            fixture, fixture.Corporate, client => client with { Grants = ["client_credentials"], RedirectUris = [], Client = "acme", Jwk = jwk });

        var pss = Jwt.Make(new { alg = "PS256" }, machine.AssertionClaims(), data => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
        var pkcs = Jwt.Make(new { alg = "RS256" }, machine.AssertionClaims(), data => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

        (await AskAsync(machine, pss)).Status.ShouldBe(200);
        (await AskAsync(machine, pkcs)).Error.ShouldBe("invalid_client");
    }

    private static object Public(ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        return new { kty = "EC", crv = "P-256", x = System.Buffers.Text.Base64Url.EncodeToString(point.X), y = System.Buffers.Text.Base64Url.EncodeToString(point.Y) };
    }

    // 64 bytes take 86 characters, of whose last one four bits stand for nothing.
    private static string NotCanonical(string assertion)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return assertion[..^1] + Alphabet[Alphabet.IndexOf(assertion[^1], StringComparison.Ordinal) ^ 1];
    }

    private Task<Portal> MachineAsync() => Portal.CreateAsync(
        fixture, fixture.Corporate, client => client with { Grants = ["client_credentials"], RedirectUris = [], Client = "acme" });

    private static Task<TokenAnswer> AskAsync(Portal machine, string assertion) =>
        machine.TokenAsync(new() { ["grant_type"] = "client_credentials", ["scope"] = "corporate", ["client_assertion"] = assertion });
}
