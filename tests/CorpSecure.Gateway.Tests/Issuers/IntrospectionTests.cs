using System.Text.Json;
using CorpSecure.Gateway.Tests.World;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Gateway.Tests.Issuers;

/// <summary>A provider that is asked: its answer counts for five seconds, and no answer is never a yes.</summary>
[Collection(GatewayCollection.Name)]
public sealed class IntrospectionTests(OtherIssuerWorld others) : IClassFixture<OtherIssuerWorld>
{
    private const string Payees = "/corporate/v1/payees";

    private GatewayWorld World => others.World;

    [Fact]
    public async Task It_is_asked_once_in_five_seconds_however_many_come()
    {
        var request = Read();
        others.Bank.Asked.Clear();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => World.SendAsync(request.Build())));
        answers.ShouldAllBe(answer => answer.Status == 200);
        others.Bank.Asked.Count.ShouldBeInRange(1, 10); // before the token is known, each may bring it
        (await World.SendAsync(request)).Status.ShouldBe(200);
        var asked = others.Bank.Asked.Count;
        await World.PassAsync(TimeSpan.FromSeconds(4.9));
        (await World.SendAsync(request)).Status.ShouldBe(200);
        others.Bank.Asked.Count.ShouldBe(asked);
        await World.PassAsync(TimeSpan.FromSeconds(0.1));
        (await World.SendAsync(request)).Status.ShouldBe(200);
        others.Bank.Asked.Count.ShouldBe(asked + 1);
    }

    [Fact]
    public async Task A_revoked_token_is_refused_within_five_seconds()
    {
        var request = Read();
        (await World.SendAsync(request)).Status.ShouldBe(200);
        others.Bank.Introspect = _ => new { active = false };
        await World.PassAsync(TimeSpan.FromSeconds(5));
        await World.ShouldRefuseAsync(request, 401, "token.revoked");
        others.Bank.Introspect = _ => new { active = true };
    }

    public static TheoryData<string?> NoAnswers => ["""{}""", """{"active":"true"}""", """{"active":1}""", """[]""", """{"active":null}""", null];

    [Theory]
    [MemberData(nameof(NoAnswers))]
    public async Task What_is_no_clear_answer_is_none(string? answer)
    {
        var request = Read();
        others.Bank.Introspect = _ => answer is null ? null : JsonDocument.Parse(answer).RootElement;
        await World.ShouldRefuseAsync(request, 503, "token.unverifiable");
        others.Bank.Introspect = _ => new { active = true };
        (await World.SendAsync(request)).Status.ShouldBe(200, "the next request asks again");
    }

    [Fact]
    public async Task While_it_is_away_tokens_cannot_be_verified_and_then_can()
    {
        var request = Read();
        (await World.SendAsync(request)).Status.ShouldBe(200);
        await others.Bank.PauseAsync();
        (await World.SendAsync(request)).Status.ShouldBe(200, "its last answer counts");
        await World.PassAsync(TimeSpan.FromSeconds(5));
        (await World.ShouldRefuseAsync(request, 503, "token.unverifiable")).Message.Headers.RetryAfter.ShouldNotBeNull();
        (await World.SendAsync(ARequest.Get(World, Payees).By("anna"))).Status.ShouldBe(200, "other issuers' tokens are none of its business");
        await others.Bank.ResumeAsync();
        (await World.SendAsync(request)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_gateway_authenticates_itself_by_its_key()
    {
        others.Bank.Asked.Clear();
        var token = others.BankToken();
        (await World.SendAsync(ARequest.Get(World, Payees).WithToken(token))).Status.ShouldBe(200);
        others.Bank.Asked.TryDequeue(out var form).ShouldBeTrue();
        (form!["token"], form["client_id"], form["client_assertion_type"]).ShouldBe((token, "corpsecure", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportFromPem(others.ClientKey.ExportPublicPem());
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(form["client_assertion"], new TokenValidationParameters
        {
            ValidIssuer = "corpsecure",
            ValidAudience = others.Bank.Issuer,
            IssuerSigningKey = new ECDsaSecurityKey(key) { KeyId = "key-1" },
            ValidAlgorithms = ["ES256"],
            ValidateLifetime = false,
        });
        result.IsValid.ShouldBeTrue(result.Exception?.Message);
        result.Claims["sub"].ShouldBe("corpsecure");
        result.Claims["jti"].ToString()!.Length.ShouldBe(32);
    }

    private ARequest Read() => ARequest.Get(World, Payees).WithToken(others.BankToken());
}
