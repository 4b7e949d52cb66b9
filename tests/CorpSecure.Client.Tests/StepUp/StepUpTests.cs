using System.Net;
using System.Net.Http.Json;
using CorpSecure.Client.Problems;
using CorpSecure.Client.SignIn;
using CorpSecure.Client.StepUp;
using CorpSecure.Client.Tests.Fakes;
using CorpSecure.Client.Tokens;
using CorpSecure.Protocol.Dpop;

namespace CorpSecure.Client.Tests.StepUp;

public sealed class StepUpTests : IDisposable
{
    private const string Strong = "urn:corpsecure:acr:mfa";

    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task The_user_signs_in_as_wanted_and_the_payment_is_repeated_once()
    {
        StepUpChallenge? wanted = null;
        using var tokens = Tokens(challenge => (wanted = challenge) is null ? null : "strong");
        await using var client = await StartAsync(tokens);
        client.Gateway.WillChallenge(Strong, 300);

        var answer = await client.Http.PostAsJsonAsync("/corporate/v1/payments", new { amount = "1.00" });

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        wanted!.AcrValues.ShouldBe([Strong]);
        wanted.MaximumAge.ShouldBe(TimeSpan.FromMinutes(5));
        var (first, second) = client.Gateway.Received.ToArray() is [var a, var b] ? (a, b) : throw new InvalidOperationException("two attempts");
        (first["authorization"], second["authorization"]).ShouldBe(("DPoP weak", "DPoP strong"));
        second["idempotency-key"].ShouldBe(first["idempotency-key"]);
        second.Body.ShouldBe(first.Body);
        second.FaultOf(client.PublicKey, client.Time.GetUtcNow()).ShouldBeNull();
        second.ProofFault(client.DpopKey, client.Time.GetUtcNow()).ShouldBe(DpopFault.None);
    }

    [Fact]
    public async Task A_second_challenge_stands()
    {
        var signIns = 0;
        using var tokens = Tokens(_ => $"strong-{++signIns}");
        await using var client = await StartAsync(tokens);
        client.Gateway.WillChallenge(Strong, 0);
        client.Gateway.WillChallenge(Strong, 0);

        var problem = await Should.ThrowAsync<ProblemException>(async () => await (await client.Http.GetAsync("/corporate/v1/accounts")).EnsureNoProblemAsync());

        problem.StepUp!.MaximumAge.ShouldBe(TimeSpan.Zero);
        (signIns, client.Gateway.Received.Count).ShouldBe((1, 2));
    }

    [Fact]
    public async Task Many_requests_that_are_challenged_together_ask_the_user_once()
    {
        var signIns = 0;
        using var tokens = Tokens(_ => $"strong-{++signIns}");
        await using var client = await StartAsync(tokens);
        for (var i = 0; i < 16; i++)
        {
            client.Gateway.Answers.Enqueue(context =>
                context.Request.Headers.Authorization == "DPoP weak" ? FakeGateway.ChallengeAsync(context, Strong, 300) : Task.CompletedTask);
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.Http.GetAsync("/corporate/v1/accounts")));

        signIns.ShouldBe(1);
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_nobody_can_sign_in_the_refusal_stands_and_tells_what_it_takes(bool asks)
    {
        using var tokens = Tokens(_ => null);
        await using var client = await StartAsync(tokens, asks);
        client.Gateway.WillChallenge(Strong, 300);

        var problem = await Should.ThrowAsync<ProblemException>(async () => await (await client.Http.GetAsync("/corporate/v1/accounts")).EnsureNoProblemAsync());

        problem.Code.ShouldBe("acr.insufficient");
        problem.StepUp!.AcrValues.ShouldBe([Strong]);
        problem.Message.ShouldContain("it takes a sign-in with urn:corpsecure:acr:mfa, not longer ago than 300 s");
        client.Gateway.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_sign_in_that_fails_is_told_and_nothing_is_repeated()
    {
        using var tokens = Tokens(_ => throw new SignInException("access_denied", "the user gave up"));
        await using var client = await StartAsync(tokens);
        client.Gateway.WillChallenge(Strong, 300);

        (await Should.ThrowAsync<SignInException>(() => client.Http.GetAsync("/corporate/v1/accounts"))).Error.ShouldBe("access_denied");
        client.Gateway.Received.Count.ShouldBe(1);
    }

    private static CachedTokens Tokens(Func<StepUpChallenge, string?> signIn) =>
        new((_, _) => Task.FromResult(TokensOf("weak")), TimeProvider.System)
        {
            SignInAnew = (challenge, _) => Task.FromResult(signIn(challenge) is { } token ? TokensOf(token) : null),
        };

    private static SignInTokens TokensOf(string token) => new(new AccessToken(token, DateTimeOffset.MaxValue), null, null);

    private Task<GatewayClient> StartAsync(CachedTokens tokens, bool asks = true) => GatewayClient.StartAsync(_authority, options =>
    {
        options.AccessToken = tokens.GetAsync;
        options.StepUp = asks ? tokens.StepUpAsync : null;
    });
}
