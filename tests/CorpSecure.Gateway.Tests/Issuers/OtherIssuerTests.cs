using System.Text.Json;
using CorpSecure.Gateway.Commands;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Issuers;

/// <summary>Several providers at once; no token of one is ever another's.</summary>
[Collection(GatewayCollection.Name)]
public sealed class OtherIssuerTests(OtherIssuerWorld others) : IClassFixture<OtherIssuerWorld>
{
    private const string Payees = "/corporate/v1/payees";

    private GatewayWorld World => others.World;

    [Fact]
    public async Task Tokens_of_all_providers_are_good_by_their_own_names()
    {
        foreach (var token in new[] { others.BankToken(), others.Erp.Token(others.ErpClaims()), People.Token(World, "anna") })
            (await World.SendAsync(ARequest.Get(World, Payees).WithToken(token))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_subject_is_its_issuers_and_never_an_embedded_users_of_the_same_name()
    {
        var answer = await World.SendAsync(ARequest.Get(World, Payees).WithToken(others.BankToken(others.BankClaims("u-anna"))));
        answer.Status.ShouldBe(200);
        (await World.EntriesAsync(answer.DecisionId))[0].Text("subject").ShouldBe("bank:u-anna");

        var li = others.BankClaims("u-li");
        (li["employee"], li["tenant"]) = ("p-li", "huaxin");
        await World.ShouldRefuseAsync(ARequest.Get(World, Payees).WithToken(others.BankToken(li)), 403, "subject.unknown");
        await World.ShouldRefuseAsync(ARequest.Get(World, Payees).WithToken(others.BankToken(others.BankClaims("erp:machine"))), 403, "subject.unknown");
    }

    [Theory]
    [InlineData("bank:anna")]
    [InlineData("erp:machine")]
    public Task An_embedded_user_of_a_name_that_looks_like_another_issuers_is_nobody(string subject)
    {
        var claims = People.Claims(World, "anna");
        claims["sub"] = subject;
        return World.ShouldRefuseAsync(ARequest.Get(World, Payees).WithToken(World.Corporate.Token(claims)), 401, "token.invalid");
    }

    [Fact]
    public async Task A_token_is_verified_by_the_keys_of_the_issuer_it_names_only()
    {
        var bank = others.BankClaims();
        await RefusedAsync(others.Erp.Token(bank, "JWT"), "token.invalid"); // the kid is the same
        await RefusedAsync(World.Corporate.Token(bank, "JWT"), "token.invalid");
        await RefusedAsync(others.Bank.Token(People.Claims(World, "anna")), "token.invalid");
        await RefusedAsync(others.Bank.Token(others.ErpClaims()), "token.invalid");
        bank["iss"] = "https://bank.example/";
        await RefusedAsync(others.BankToken(bank), "token.invalid");
        bank["iss"] = new[] { others.Bank.Issuer };
        await RefusedAsync(others.BankToken(bank), "token.malformed");
    }

    [Fact]
    public async Task Another_issuers_token_opens_nothing_at_the_ops_door()
    {
        var request = new ARequest(World, HttpMethod.Get, "/ops/v1/decisions") { Origin = World.Ops }.WithToken(others.BankToken());
        await World.ShouldRefuseAsync(request, 401, "token.invalid");
    }

    [Theory]
    [InlineData("aud", "corpsecure-gateway")]
    [InlineData("employee", "")]
    [InlineData("azp", "")]
    [InlineData("exp", 400L)]
    public Task What_its_settings_do_not_allow_is_refused(string claim, object value)
    {
        var claims = others.BankClaims();
        claims[claim] = value is long seconds ? World.Clock.GetUtcNow().ToUnixTimeSeconds() + seconds : value;
        return RefusedAsync(others.BankToken(claims), "token.invalid");
    }

    [Fact]
    public Task A_type_that_is_not_its_own_is_refused() => RefusedAsync(others.Bank.Token(others.BankClaims()), "token.invalid");

    [Theory]
    [InlineData("loa1", "acr.insufficient")]
    [InlineData("urn:corpsecure:acr:mfa", "acr.insufficient")]
    [InlineData("", "acr.insufficient")]
    public async Task Its_values_are_mapped_and_the_challenge_speaks_its_language(string acr, string reason)
    {
        var answer = await World.ShouldRefuseAsync(ARequest.Get(World, Payees).WithToken(others.BankToken(others.BankClaims(acr: acr))), 401, reason);
        answer.Message.Headers.WwwAuthenticate.ToString().ShouldContain("acr_values=\"loa3\"");
    }

    [Fact]
    public async Task Without_the_time_of_sign_in_it_is_too_long_ago()
    {
        var claims = others.BankClaims();
        claims.Remove("auth_time");
        await World.ShouldRefuseAsync(ARequest.Get(World, Payees).WithToken(others.BankToken(claims)), 401, "acr.too-old");
    }

    [Fact]
    public async Task A_token_id_that_was_revoked_elsewhere_is_another_token_here()
    {
        var claims = others.BankClaims();
        await World.RegisterAsync($"select registry.revoke('corporate', 'token', '{claims["jti"]}', now() + interval '1 day')");
        (await World.SendAsync(ARequest.Get(World, Payees).WithToken(others.BankToken(claims)))).Status.ShouldBe(200);
        await World.RegisterAsync($"select registry.revoke('corporate', 'token', 'bank:{claims["jti"]}', now() + interval '1 day')");
        await RefusedAsync(others.BankToken(claims), "token.revoked");
    }

    [Fact]
    public async Task The_document_names_all_of_them()
    {
        var answer = await World.SendAsync(ARequest.Get(World, "/.well-known/oauth-protected-resource"));
        answer.Body!.Value.GetProperty("authorization_servers").EnumerateArray().Select(server => server.GetString())
            .ShouldBe([World.Corporate.Issuer, others.Bank.Issuer, others.Erp.Issuer]);
    }

    [Fact]
    public async Task The_check_says_how_long_a_revoked_token_lives()
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await ConfigCheck.RunAsync([.. World.Arguments.Where(argument => argument.Contains(':') && argument.Contains('='))], output, errors, CancellationToken.None);
        (code, errors.ToString()).ShouldBe((0, ""));
        output.ToString().ShouldContain($"note: a token of {others.Erp.Issuer} that was revoked there stays good here until it expires, for at most 00:10:00");
    }

    [Theory]
    [InlineData("Issuer", "http://bank.example/")]
    [InlineData("Issuer", "{corporate}")]
    [InlineData("Issuer", "{erp}")]
    [InlineData("Audience", "")]
    [InlineData("CaFile", "/nowhere/ca.pem")]
    [InlineData("ConnectTo", "nowhere")]
    [InlineData("SubjectPrefix", "")]
    [InlineData("SubjectPrefix", "bank")]
    [InlineData("SubjectPrefix", ":")]
    [InlineData("SubjectPrefix", "Bank:")]
    [InlineData("SubjectPrefix", "erp:", 1)]
    [InlineData("Algorithms:0", "HS256", 0, "Algorithms")]
    [InlineData("Algorithms:0", "none", 0, "Algorithms")]
    [InlineData("TokenTypes:0", " ", 0, "TokenTypes")]
    [InlineData("Claims:Person", "", 0, "Claims")]
    [InlineData("AcrValues:loa3", "strong")]
    [InlineData("Revocation", "sometimes")]
    [InlineData("MaximumTokenLife", "soon")]
    [InlineData("Introspection:ClientId", "")]
    [InlineData("Introspection:KeyId", "")]
    [InlineData("Introspection:KeyFile", "")]
    [InlineData("Introspection:KeyFile", "/nowhere/key.pem")]
    [InlineData("Introspection:Endpoint", "http://bank.example/introspect")]
    [InlineData("Introspection:CacheFor", "00:00:06")]
    [InlineData("MaximumTokenLife", "00:00:00")]
    [InlineData("MaximumTokenLife", "02:00:00")]
    [InlineData("Clams:Person", "x", 0, "Clams")]
    public async Task A_setting_that_is_wrong_stops_the_start(string name, string value, int faultAt = 0, string? key = null)
    {
        value = value switch { "{corporate}" => World.Corporate.Issuer, "{erp}" => others.Erp.Issuer, _ => value };
        faultAt = value == others.Erp.Issuer ? 1 : faultAt;
        var refused = await Should.ThrowAsync<StartRefusedException>(() => GatewayHost.BuildAsync([.. World.Arguments, $"--Issuers:Others:0:{name}={value}"]));
        refused.Message.ShouldContain($"Issuers:Others:{faultAt}:{key ?? name}");
    }

    [Fact]
    public async Task Unrevocable_tokens_must_not_live_long() =>
        (await Should.ThrowAsync<StartRefusedException>(() => GatewayHost.BuildAsync([.. World.Arguments, "--Issuers:Others:1:MaximumTokenLife=00:16:00"])))
            .Message.ShouldContain("Issuers:Others:1:MaximumTokenLife: is too long where tokens cannot be revoked");

    private Task<Answer> RefusedAsync(string token, string reason) => World.ShouldRefuseAsync(ARequest.Get(World, Payees).WithToken(token), 401, reason);
}
