using System.Net;
using System.Security.Cryptography;
using CoreBank.Simulator.Assertions;
using CoreBank.Simulator.Tests.Hosting;

namespace CoreBank.Simulator.Tests.Assertions;

public sealed class AssertionTests : CoreTest
{
    private const string Target = "/corporate/v1/accounts?limit=5";

    [Fact]
    public async Task A_good_assertion_is_accepted_and_recorded_with_its_caller()
    {
        var answer = await Core.GetAsync(Target);

        answer.Status.ShouldBe(HttpStatusCode.OK);
        var call = Core.Host.Calls.Latest(10).ShouldHaveSingleItem();
        (call.Accepted, call.Client, call.Subject, call.Status, call.Target).ShouldBe((true, "acme", "user-1", 200, Target));
    }

    public static TheoryData<string, string> Spoilt => new()
    {
        { "alg none", Rejections.Algorithm },
        { "alg HS256 with the public key as secret", Rejections.Algorithm },
        { "alg ES384", Rejections.Algorithm },
        { "another key under our key id", Rejections.Signature },
        { "an unknown key id", Rejections.Signature },
        { "no key id, another key", Rejections.Signature },
        { "a broken signature", Rejections.Signature },
        { "no signature", Rejections.Signature },
        { "typ JWT", Rejections.Type },
        { "no typ", Rejections.Type },
        { "a critical extension", Rejections.Malformed },
        { "another issuer", Rejections.Issuer },
        { "another audience", Rejections.Audience },
        { "no audience", Rejections.Audience },
        { "two audiences", Rejections.Audience },
        { "expired", Rejections.Expired },
        { "issued in the future", Rejections.NotYetValid },
        { "no exp", Rejections.Lifetime },
        { "no iat", Rejections.Lifetime },
        { "living for an hour", Rejections.Lifetime },
        { "another method", Rejections.Method },
        { "another query", Rejections.Target },
        { "the target in another spelling", Rejections.Target },
        { "no target", Rejections.Target },
        { "another body", Rejections.Body },
        { "no jti", Rejections.Claims },
        { "a jti that is no UUID", Rejections.Claims },
        { "no client", Rejections.Claims },
        { "no subject", Rejections.Claims },
        { "no acr", Rejections.Claims },
        { "no decision id", Rejections.Claims },
        { "a client of another bank", Rejections.UnknownClient },
    };

    [Theory]
    [MemberData(nameof(Spoilt))]
    public async Task A_spoilt_assertion_is_rejected(string fault, string reason)
    {
        var assertion = Core.AssertionFor(HttpMethod.Get, Target);
        Spoil(assertion, fault);

        await ShouldBeRejectedAsync(reason, assertion.ToCompact());
    }

    [Fact]
    public Task No_assertion_is_rejected() => ShouldBeRejectedAsync(Rejections.Missing);

    [Fact]
    public Task Text_that_is_no_token_is_rejected() => ShouldBeRejectedAsync(Rejections.Malformed, "a.b.c");

    [Fact]
    public async Task Two_good_assertions_are_rejected()
    {
        string[] assertions = [Core.AssertionFor(HttpMethod.Get, Target).ToCompact(), Core.AssertionFor(HttpMethod.Get, Target).ToCompact()];

        (await Core.SendLinesAsync(["GET " + Target + " HTTP/1.1", .. assertions.Select(value => "Corpsecure-Assertion: " + value)]))
            .ShouldBe("HTTP/1.1 401 Unauthorized");

        Core.Host.Calls.Latest(1).Single().Rejection.ShouldBe(Rejections.Repeated);
    }

    [Theory]
    [InlineData("/corporate/v1/%61ccounts", "HTTP/1.1 200 OK")]
    [InlineData("/corporate/v1/accounts", "HTTP/1.1 401 Unauthorized")]
    public async Task The_target_is_compared_as_it_was_sent(string sent, string status)
    {
        var assertion = Core.AssertionFor(HttpMethod.Get, "/corporate/v1/%61ccounts").ToCompact();

        (await Core.SendLinesAsync([$"GET {sent} HTTP/1.1", "Corpsecure-Assertion: " + assertion])).ShouldBe(status);
    }

    [Fact]
    public Task Two_good_assertions_in_one_line_are_rejected() => ShouldBeRejectedAsync(
        Rejections.Malformed, Core.AssertionFor(HttpMethod.Get, Target).ToCompact(), Core.AssertionFor(HttpMethod.Get, Target).ToCompact());

    [Fact]
    public async Task An_assertion_is_accepted_once()
    {
        var assertion = Core.AssertionFor(HttpMethod.Get, Target).ToCompact();
        (await Core.SendWithAsync(HttpMethod.Get, Target, "", null, assertion)).Status.ShouldBe(HttpStatusCode.OK);

        Core.Clock.Advance(TimeSpan.FromSeconds(34));
        await ShouldBeRejectedAsync(Rejections.Replayed, assertion);

        Core.Clock.Advance(TimeSpan.FromSeconds(1));
        await ShouldBeRejectedAsync(Rejections.Expired, assertion);
    }

    [Fact]
    public async Task A_rejected_copy_does_not_use_the_assertion_up()
    {
        var assertion = Core.AssertionFor(HttpMethod.Get, Target).ToCompact();
        (await Core.SendWithAsync(HttpMethod.Get, "/corporate/v1/payees", "", null, assertion)).Status.ShouldBe(HttpStatusCode.Unauthorized);

        (await Core.SendWithAsync(HttpMethod.Get, Target, "", null, assertion)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(-34)]
    [InlineData(5)]
    public async Task Clocks_may_differ_by_five_seconds(int seconds)
    {
        var at = Core.Clock.GetUtcNow().AddSeconds(seconds);
        var assertion = Assertion.For("GET", Target, [], at, "acme", Core.Key).ToCompact();

        (await Core.SendWithAsync(HttpMethod.Get, Target, "", null, assertion)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_body_digest_covers_the_received_bytes()
    {
        var assertion = Core.AssertionFor(HttpMethod.Post, "/corporate/v1/payments", """{"a":1}""").ToCompact();

        var answer = await Core.SendWithAsync(HttpMethod.Post, "/corporate/v1/payments", """{"a": 1}""", "key", assertion);

        answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
        Core.Host.Calls.Latest(1).Single().Rejection.ShouldBe(Rejections.Body);
    }

    [Fact]
    public async Task An_unknown_route_asks_for_an_assertion_first()
    {
        (await Core.SendWithAsync(HttpMethod.Get, "/else", "", null, [])).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await Core.GetAsync("/else")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task ShouldBeRejectedAsync(string reason, params string[] assertions)
    {
        var answer = await Core.SendWithAsync(HttpMethod.Get, Target, "", null, assertions);

        (answer.Status, answer.Code, answer.MediaType).ShouldBe((HttpStatusCode.Unauthorized, "assertion.rejected", "application/problem+json"));
        var call = Core.Host.Calls.Latest(1).Single();
        (call.Accepted, call.Rejection, call.Status).ShouldBe((false, reason, 401));
    }

    private void Spoil(Assertion assertion, string fault)
    {
        var (header, claims) = (assertion.Header, assertion.Claims);
        var now = Core.Clock.GetUtcNow().ToUnixTimeSeconds();
        var valid = assertion.Sign;
        switch (fault)
        {
            case "alg none": (header["alg"], assertion.Sign) = ("none", _ => []); break;
            case "alg HS256 with the public key as secret":
                (header["alg"], assertion.Sign) = ("HS256", data => HMACSHA256.HashData(Core.Key.ExportSubjectPublicKeyInfo(), data));
                break;
            case "alg ES384": header["alg"] = "ES384"; break;
            case "another key under our key id": assertion.Sign = OtherKey; break;
            case "an unknown key id": header["kid"] = "gateway-2"; break;
            case "no key id, another key": header.Remove("kid"); assertion.Sign = OtherKey; break;
            case "a broken signature": assertion.Sign = data => Flip(valid(data)); break;
            case "no signature": assertion.Sign = _ => []; break;
            case "typ JWT": header["typ"] = "JWT"; break;
            case "no typ": header.Remove("typ"); break;
            case "a critical extension": (header["crit"], header["x"]) = (new[] { "x" }, 1); break;
            case "another issuer": claims["iss"] = "corpsecure-gatewaY"; break;
            case "another audience": claims["aud"] = "core-bank-2"; break;
            case "no audience": claims.Remove("aud"); break;
            case "two audiences": claims["aud"] = new[] { "core-bank", "other" }; break;
            case "expired": (claims["iat"], claims["exp"]) = (now - 35, now - 5); break;
            case "issued in the future": (claims["iat"], claims["exp"]) = (now + 6, now + 36); break;
            case "no exp": claims.Remove("exp"); break;
            case "no iat": claims.Remove("iat"); break;
            case "living for an hour": claims["exp"] = now + 3600; break;
            case "another method": claims["htm"] = "POST"; break;
            case "another query": claims["target"] = "/corporate/v1/accounts?limit=6"; break;
            case "the target in another spelling": claims["target"] = "/corporate/v1/%61ccounts?limit=5"; break;
            case "no target": claims.Remove("target"); break;
            case "another body": claims["body_sha256"] = Convert.ToBase64String(SHA256.HashData("x"u8)); break;
            case "no jti": claims.Remove("jti"); break;
            case "a jti that is no UUID": claims["jti"] = "1"; break;
            case "no client": claims.Remove("client"); break;
            case "no subject": claims.Remove("sub"); break;
            case "no acr": claims.Remove("acr"); break;
            case "no decision id": claims.Remove("decision_id"); break;
            case "a client of another bank": claims["client"] = "globex"; break;
            default: throw new ArgumentOutOfRangeException(nameof(fault), fault, "unknown");
        }
    }

    private static byte[] OtherKey(byte[] data)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static byte[] Flip(byte[] signature)
    {
        signature[40] ^= 1;
        return signature;
    }
}
