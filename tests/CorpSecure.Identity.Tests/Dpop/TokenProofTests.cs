using System.Buffers.Text;
using System.Security.Cryptography;
using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.Dpop;

/// <summary>RFC 9449 section 4.3, case by case, at the token endpoint.</summary>
[Collection(IdentityCollection.Name)]
public sealed class TokenProofTests(IdentityFixture fixture)
{
    private const string Path = "/connect/token";

    public static TheoryData<string> Faults =>
    [
        "wrong typ", "no typ", "alg none", "alg HS256", "alg RS256", "alg of another key", "no jwk", "private key in jwk", "key of another", "other signature",
        "no jti", "empty jti", "long jti", "no htm", "wrong htm", "htm in lower case", "no htu", "htu of another endpoint", "htu with query", "htu with fragment",
        "htu of the other realm", "no iat", "iat as text", "stale", "future", "crit", "not a JWT", "empty", "not canonical base64url", "claim twice",
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_faulty_proof_gets_no_token_and_says_no_more_than_that(string fault)
    {
        using var machine = await MachineAsync();
        var now = fixture.Clock.GetUtcNow().ToUnixTimeSeconds();
        var proof = fault switch
        {
            "wrong typ" => machine.Proof.Make(Path, header: header => header["typ"] = "JWT"),
            "no typ" => machine.Proof.Make(Path, header: header => header.Remove("typ")),
            "alg none" => machine.Proof.Make(Path, header: header => header["alg"] = "none", sign: _ => []),
            "alg HS256" => machine.Proof.Make(Path, header: header => header["alg"] = "HS256", sign: data => HMACSHA256.HashData(machine.Proof.Key.ExportSubjectPublicKeyInfo(), data)),
            "alg RS256" => machine.Proof.Make(Path, header: header => header["alg"] = "RS256"),
            "alg of another key" => machine.Proof.Make(Path, header: header => header["alg"] = "PS256"),
            "no jwk" => machine.Proof.Make(Path, header: header => header.Remove("jwk")),
            "private key in jwk" => machine.Proof.Make(Path, header: header =>
                ((Dictionary<string, object?>)header["jwk"]!)["d"] = Base64Url.EncodeToString(machine.Proof.Key.ExportParameters(true).D)),
            "key of another" => machine.Proof.Make(Path, sign: Jwt.Es256(machine.Key)),
            "other signature" => machine.Proof.Make(Path)[..^4] + "AAAA",
            "no jti" => machine.Proof.Make(Path, claims => claims.Remove("jti")),
            "empty jti" => machine.Proof.Make(Path, claims => claims["jti"] = ""),
            "long jti" => machine.Proof.Make(Path, claims => claims["jti"] = new string('x', 257)),
            "no htm" => machine.Proof.Make(Path, claims => claims.Remove("htm")),
            "wrong htm" => machine.Proof.Make(Path, claims => claims["htm"] = "GET"),
            "htm in lower case" => machine.Proof.Make(Path, claims => claims["htm"] = "post"),
            "no htu" => machine.Proof.Make(Path, claims => claims.Remove("htu")),
            "htu of another endpoint" => machine.Proof.Make("/connect/par"),
            "htu with query" => machine.Proof.Make(Path + "?x=1"),
            "htu with fragment" => machine.Proof.Make(Path + "#x"),
            "htu of the other realm" => machine.Proof.Make(Path, claims => claims["htu"] = "https://localhost:9445/connect/token"),
            "no iat" => machine.Proof.Make(Path, claims => claims.Remove("iat")),
            "iat as text" => machine.Proof.Make(Path, claims => claims["iat"] = now.ToString()),
            "stale" => machine.Proof.Make(Path, claims => claims["iat"] = now - 62),
            "future" => machine.Proof.Make(Path, claims => claims["iat"] = now + 12),
            "crit" => machine.Proof.Make(Path, header: header => header["crit"] = new[] { "b64" }),
            "not a JWT" => "proof",
            "empty" => " ",
            "not canonical base64url" => machine.Proof.Make(Path) + "=",
            "claim twice" => ClaimTwice(machine),
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
        };

        var answer = await AskAsync(machine, proof);

        ShouldBeRefused(answer);
        answer.Nonce.ShouldBeNull();
        (await fixture.AboutAsync(machine)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_proof_and_without_a_certificate_there_is_no_token()
    {
        using var machine = await MachineAsync();

        var answer = await AskAsync(machine);

        answer.Status.ShouldBe(400);
        answer.Error.ShouldBe("invalid_dpop_proof");
        (await fixture.AboutAsync(machine)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_proofs_are_none()
    {
        using var machine = await MachineAsync();
        var (first, second) = (machine.Proof.Make(Path), machine.Proof.Make(Path));

        ShouldBeRefused(await AskAsync(machine, $"{first}, {second}"));
        var answer = await RawHttp.PostAsync(fixture, Path, Request(machine), ("DPoP", first), ("DPoP", second));

        ShouldBeRefused(answer);
        (await AskAsync(machine, first)).Status.ShouldBe(200); // neither was spent
    }

    [Fact]
    public async Task A_proof_is_accepted_once_by_whichever_replica()
    {
        using var machine = await MachineAsync();
        var proof = machine.Proof.Make(Path);

        (await AskAsync(machine, proof)).Status.ShouldBe(200);
        ShouldBeRefused(await machine.TokenAsync(Request(machine), fixture.CorporateReplica, [proof]));
        ShouldBeRefused(await AskAsync(machine, machine.Proof.Make(Path, claims => claims["jti"] = Jwt.Payload(proof).GetProperty("jti").GetString())));
    }

    [Fact]
    public async Task Of_ten_parallel_uses_of_a_proof_one_succeeds()
    {
        using var machine = await MachineAsync();
        var proof = machine.Proof.Make(Path);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            machine.TokenAsync(Request(machine), i % 2 == 0 ? fixture.Corporate : fixture.CorporateReplica, [proof])));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("old")]
    [InlineData("invented")]
    [InlineData("of the other realm")]
    public async Task A_proof_needs_a_nonce_of_ours_and_the_code_outlives_the_repetition(string fault)
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var staff = new Proof(fixture, fixture.Staff);
        using var browser = new Browser(fixture.Corporate);
        var old = portal.Proof.Nonce;
        fixture.Clock.Advance(TimeSpan.FromMinutes(6));
        var code = await browser.SignInAsync(await portal.AuthorizeUrlAsync(), user, fixture.Clock.GetUtcNow());
        var id = Guid.NewGuid().ToString();

        var first = await portal.ExchangeAsync(code, proofs: [portal.Proof.Make(Path, claims =>
        {
            claims["jti"] = id;
            claims["nonce"] = fault switch { "missing" => null, "old" => old, "invented" => "AAAAAAAAAAAAAAAAAAAAAAAAAAA", _ => staff.Nonce };
            if (fault == "missing")
                claims.Remove("nonce");
        })]);
        first.Status.ShouldBe(400);
        first.Error.ShouldBe("use_dpop_nonce");
        var second = await portal.ExchangeAsync(code, proofs: [portal.Proof.Make(Path, claims => (claims["nonce"], claims["jti"]) = (first.Nonce.ShouldNotBeNull(), id))]);

        second.Status.ShouldBe(200, second.Body.ToString());
        second.Nonce.ShouldBeNull();
    }

    [Fact]
    public async Task An_ageing_nonce_is_good_and_answered_with_a_new_one()
    {
        using var machine = await MachineAsync();
        var nonce = machine.Proof.Nonce;
        fixture.Clock.Advance(TimeSpan.FromMinutes(3));

        var answer = await AskAsync(machine, machine.Proof.Make(Path, claims => claims["nonce"] = nonce));

        answer.Status.ShouldBe(200);
        answer.Nonce.ShouldNotBeNull().ShouldNotBe(nonce);
    }

    [Fact]
    public async Task A_refresh_token_is_for_its_key_alone()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var thief = new Proof(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        var code = await browser.SignInAsync(await portal.AuthorizeUrlAsync(("scope", "offline_access corporate")), user, fixture.Clock.GetUtcNow());
        var tokens = await portal.ExchangeAsync(code);

        (await portal.RefreshAsync(tokens, [thief.Make(Path)])).Error.ShouldBe("invalid_grant");
        (await portal.RefreshAsync(tokens, [])).Error.ShouldBe("invalid_dpop_proof");
        var refreshed = await portal.RefreshAsync(tokens);

        refreshed.Status.ShouldBe(200, refreshed.Body.ToString());
        refreshed.Body.GetProperty("token_type").GetString().ShouldBe("DPoP");
        Jwt.Payload(refreshed.AccessToken).GetProperty("cnf").GetProperty("jkt").GetString().ShouldBe(portal.Proof.Thumbprint);
    }

    private static string ClaimTwice(Portal machine)
    {
        var header = System.Text.Json.JsonSerializer.Serialize(machine.Proof.Header());
        var claims = System.Text.Json.JsonSerializer.Serialize(machine.Proof.Claims(Path));
        return Jwt.MakeOfText(header, claims[..^1] + ""","htm":"POST"}""", Jwt.Es256(machine.Proof.Key));
    }

    private static void ShouldBeRefused(TokenAnswer answer)
    {
        answer.Status.ShouldBe(400);
        answer.Error.ShouldBe("invalid_dpop_proof");
        answer.Body.GetProperty("error_description").GetString().ShouldBe("The DPoP proof is not acceptable.");
    }

    private Task<Portal> MachineAsync() => Portal.CreateAsync(
        fixture, fixture.Corporate, client => client with { Grants = ["client_credentials"], RedirectUris = [], Client = "acme" });

    private static Task<TokenAnswer> AskAsync(Portal machine, params string[] proofs) => machine.TokenAsync(Request(machine), proofs: proofs);

    private static Dictionary<string, string> Request(Portal machine) =>
        new() { ["grant_type"] = "client_credentials", ["scope"] = "corporate", ["client_assertion"] = machine.Assertion() };
}
