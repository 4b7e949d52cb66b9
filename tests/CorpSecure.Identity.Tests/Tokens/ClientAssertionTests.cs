using System.Security.Cryptography;
using System.Text;
using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.Tokens;

[Collection(IdentityCollection.Name)]
public sealed class ClientAssertionTests(IdentityFixture fixture)
{
    [Fact]
    public async Task An_assertion_is_accepted_once_by_whichever_replica()
    {
        using var machine = await MachineAsync();
        var assertion = machine.Assertion();

        (await AskAsync(machine, assertion)).Status.ShouldBe(200);
        var replay = await AskAsync(machine, assertion, fixture.CorporateReplica);

        replay.Status.ShouldBe(401);
        replay.Error.ShouldBe("invalid_client");
    }

    [Fact]
    public async Task Of_ten_parallel_uses_of_an_assertion_one_succeeds()
    {
        using var machine = await MachineAsync();
        var assertion = machine.Assertion();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => AskAsync(machine, assertion, i % 2 == 0 ? fixture.Corporate : fixture.CorporateReplica)));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
    }

    public static TheoryData<string> Faults =>
        ["no jti", "empty jti", "no exp", "exp too far", "expired", "iat ahead", "nbf ahead", "other audience", "other subject", "no audience"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_faulty_assertion_is_refused(string fault)
    {
        using var machine = await MachineAsync();
        var now = fixture.Clock.GetUtcNow().ToUnixTimeSeconds();

        var answer = await AskAsync(machine, machine.Assertion(claims => _ = fault switch
        {
            "no jti" => claims.Remove("jti"),
            "empty jti" => (claims["jti"] = "") is "",
            "no exp" => claims.Remove("exp"),
            "exp too far" => (claims["exp"] = now + 311) is not null,
            "expired" => (claims["exp"] = now - 11) is not null,
            "iat ahead" => (claims["iat"] = now + 11) is not null,
            "nbf ahead" => (claims["nbf"] = now + 11) is not null,
            "other audience" => (claims["aud"] = "https://localhost:9445/") is not null,
            "other subject" => (claims["sub"] = "someone-else") is not null,
            "no audience" => claims.Remove("aud"),
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
        }));

        answer.Status.ShouldBeOneOf(400, 401);
        answer.Error.ShouldNotBeNull();
        (await fixture.AboutAsync(machine)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_ES256_by_the_registered_key_is_accepted()
    {
        using var machine = await MachineAsync();
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var secret = Encoding.UTF8.GetBytes(machine.Key.ExportSubjectPublicKeyInfoPem()); // the classic confusion: public key as secret

        string[] assertions =
        [
            Jwt.Make(new { alg = "none" }, machine.AssertionClaims(), _ => []),
            Jwt.Make(new { alg = "HS256" }, machine.AssertionClaims(), data => HMACSHA256.HashData(secret, data)),
            Jwt.Make(new { alg = "ES256" }, machine.AssertionClaims(), Jwt.Es256(stranger)),
            Jwt.Make(new { alg = "ES384" }, machine.AssertionClaims(), data => machine.Key.SignData(data, HashAlgorithmName.SHA384)),
            Jwt.Make(new { alg = "ES256", typ = "at+jwt" }, machine.AssertionClaims(), Jwt.Es256(machine.Key)),
        ];
        foreach (var assertion in assertions)
            (await AskAsync(machine, assertion)).Status.ShouldBeOneOf(400, 401);

        (await AskAsync(machine, Jwt.Make(new { alg = "ES256" }, machine.AssertionClaims(), Jwt.Es256(machine.Key)))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_secret_in_place_of_an_assertion_is_refused()
    {
        using var machine = await MachineAsync();

        var answer = await machine.TokenAsync(new()
        {
            ["grant_type"] = "client_credentials",
            ["scope"] = "corporate",
            ["client_id"] = machine.ClientId,
            ["client_secret"] = "secret",
        });
        var anonymous = await machine.TokenAsync(new() { ["grant_type"] = "client_credentials", ["scope"] = "corporate", ["client_id"] = machine.ClientId });

        answer.Error.ShouldNotBeNull();
        anonymous.Error.ShouldNotBeNull();
    }

    private Task<Portal> MachineAsync() => Portal.CreateAsync(
        fixture, fixture.Corporate, client => client with { Grants = ["client_credentials"], RedirectUris = [], Client = "acme" });

    private static Task<TokenAnswer> AskAsync(Portal machine, string assertion, TestServer? at = null) =>
        machine.TokenAsync(new() { ["grant_type"] = "client_credentials", ["scope"] = "corporate", ["client_assertion"] = assertion }, at);
}
