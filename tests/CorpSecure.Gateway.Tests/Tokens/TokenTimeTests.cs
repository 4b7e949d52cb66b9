using CorpSecure.Gateway.Tests.World;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Gateway.Tests.Tokens;

[Collection(GatewayCollection.Name)]
public sealed class TokenTimeTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    private const string Accounts = "/corporate/v1/accounts";

    private long Now => World.Clock.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public Task An_expired_token_is_refused() => World.ShouldRefuseAsync(Reading(("exp", Now)), 401, "token.expired");

    [Fact]
    public Task A_token_from_the_future_is_refused() => World.ShouldRefuseAsync(Reading(("iat", Now + 11)), 401, "token.expired");

    [Fact]
    public async Task A_clock_ten_seconds_ahead_is_forgiven()
    {
        await World.AlignAsync();
        (await World.SendAsync(Reading(("iat", Now + 10)))).Status.ShouldBe(200);
    }

    [Fact]
    public Task A_token_that_is_not_valid_yet_is_refused() => World.ShouldRefuseAsync(Reading(("nbf", Now + 11)), 401, "token.expired");

    [Fact]
    public async Task A_cached_token_expires_at_its_time()
    {
        await World.AlignAsync();
        var request = Reading(("exp", Now + 60));
        (await World.SendAsync(request)).Status.ShouldBe(200);
        await World.PassAsync(TimeSpan.FromSeconds(59));
        (await World.SendAsync(request)).Status.ShouldBe(200);

        await World.PassAsync(TimeSpan.FromSeconds(1));

        var answer = await World.ShouldRefuseAsync(request, 401, "token.expired");
        answer.Body!.Value.GetProperty("retryable").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_password_alone_is_asked_to_step_up()
    {
        var answer = await World.ShouldRefuseAsync(ARequest.Get(World, Accounts).By("anna", AcrValues.Password), 401, "acr.insufficient");

        var challenge = answer.Message.Headers.WwwAuthenticate.ToString();
        challenge.ShouldContain("error=\"insufficient_user_authentication\"");
        challenge.ShouldContain($"acr_values=\"{AcrValues.MultiFactor} {AcrValues.Client}\"");
        challenge.ShouldContain("max_age=\"43200\"");
        (await World.EntriesAsync(answer.DecisionId))[0].Text("verdict").ShouldBe("StepUp");
    }

    [Fact]
    public async Task A_sign_in_too_long_ago_is_asked_to_repeat()
    {
        await World.AlignAsync();
        var answer = await World.ShouldRefuseAsync(Reading(("auth_time", Now - 43201)), 401, "acr.too-old");
        answer.Message.Headers.WwwAuthenticate.ToString().ShouldContain("insufficient_user_authentication");
        (await World.SendAsync(Reading(("auth_time", Now - 43200)))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Orders_ask_for_a_more_recent_sign_in_than_reads()
    {
        var claims = People.Claims(World, "anna");
        claims["auth_time"] = Now - 1801;
        var answer = await World.ShouldRefuseAsync(ARequest.PaymentBy(World, "anna", "anna-1").WithToken(World.Corporate.Token(claims)), 401, "acr.too-old");
        answer.Message.Headers.WwwAuthenticate.ToString().ShouldContain("max_age=\"1800\"");
    }

    private ARequest Reading(params (string Claim, long Value)[] changes)
    {
        var claims = People.Claims(World, "anna");
        foreach (var (claim, value) in changes)
            claims[claim] = value;
        return ARequest.Get(World, Accounts).WithToken(World.Corporate.Token(claims));
    }
}
