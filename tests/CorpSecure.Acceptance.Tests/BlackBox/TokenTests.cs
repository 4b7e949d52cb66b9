using CorpSecure.Acceptance.Tests.Targets;
using CorpSecure.DevHost.Tour;

namespace CorpSecure.Acceptance.Tests.BlackBox;

public sealed class TokenTests(Target target) : BlackBoxTests(target)
{
    private const string Accounts = "/corporate/v1/accounts";

    [Fact]
    public async Task Without_a_token_nothing_is_read() =>
        await RefusedAsync(await SendAsync(Read(Accounts, token: null)), 401, "token.missing");

    [Fact]
    public async Task A_token_of_the_staffs_issuer_is_worth_nothing_to_the_api() =>
        await RefusedAsync(await SendAsync(Read(Accounts, await Target.People.TokenOfAsync(Target.People.Rita))), 401, "token.invalid");

    [Fact]
    public async Task A_token_of_the_corporate_issuer_is_worth_nothing_to_the_ops_api() =>
        await RefusedAsync(
            await SendAsync(Read("/ops/v1/decisions", await Target.People.TokenOfAsync(Target.People.Anna), Target.Addresses.Ops)), 401, "token.invalid");

    [Fact]
    public async Task A_token_whose_claims_were_changed_is_worth_nothing()
    {
        var parts = (await Target.People.TokenOfAsync(Target.People.Anna)).Split('.');
        // Another letter in the middle of the claims, which no signature covers any more.
        var at = parts[1].Length / 2;
        parts[1] = parts[1][..at] + (parts[1][at] == 'A' ? 'B' : 'A') + parts[1][(at + 1)..];

        var answer = await SendAsync(Read(Accounts, string.Join('.', parts)));

        answer.Status.ShouldBe(401);
        await RefusedAsync(answer, 401, answer.Code is "token.malformed" ? "token.malformed" : "token.invalid");
    }

    [Fact]
    public async Task A_token_is_good_until_it_ends_and_the_sdk_renews_it()
    {
        var tokens = await Target.People.TokensOfAsync(Target.People.Anna);
        var token = await tokens.GetAsync(CancellationToken.None);

        var last = await Eventually.ValueAsync<TourAnswer>(
            async () => await SendAsync(Read(Accounts, token.Value)) is { Status: not 200 } refusal ? refusal : null,
            "a token ends");

        TimeProvider.System.GetUtcNow().ShouldBeGreaterThanOrEqualTo(token.ExpiresAt - TimeSpan.FromSeconds(2));
        await RefusedAsync(last, 401, "token.expired");
        await ForwardedAsync(await SendAsync(Read(Accounts, (await tokens.GetAsync(CancellationToken.None)).Value)), 200);
    }
}
