using CorpSecure.Acceptance.Tests.Targets;
using CorpSecure.DevHost.Tour;

namespace CorpSecure.Acceptance.Tests.BlackBox;

public sealed class TokenTests(Target target) : BlackBoxTests(target)
{
    private const string Accounts = "/corporate/v1/accounts";

    [Fact]
    public async Task Without_a_token_nothing_is_read() =>
        await RefusedAsync(await ReadAsync(Accounts, caller: null), 401, "token.missing");

    [Fact]
    public async Task A_token_of_the_staffs_issuer_is_worth_nothing_to_the_api() =>
        await RefusedAsync(await ReadAsync(Accounts, await Target.People.CallerAsync(Target.People.Rita)), 401, "token.invalid");

    [Fact]
    public async Task A_token_of_the_corporate_issuer_is_worth_nothing_to_the_ops_api() =>
        await RefusedAsync(
            await ReadAsync("/ops/v1/decisions", await AnnaAsync(), Target.Addresses.Ops), 401, "token.invalid");

    [Fact]
    public async Task A_token_whose_claims_were_changed_is_worth_nothing()
    {
        var anna = await AnnaAsync();
        var parts = anna.Token.Split('.');
        // Another letter in the middle of the claims, which no signature covers any more.
        var at = parts[1].Length / 2;
        parts[1] = parts[1][..at] + (parts[1][at] == 'A' ? 'B' : 'A') + parts[1][(at + 1)..];

        var answer = await ReadAsync(Accounts, anna with { Token = string.Join('.', parts) });

        answer.Status.ShouldBe(401);
        await RefusedAsync(answer, 401, answer.Code is "token.malformed" ? "token.malformed" : "token.invalid");
    }

    [Fact]
    public async Task A_token_is_good_until_it_ends_and_the_sdk_renews_it()
    {
        var person = await Target.People.OfAsync(Target.People.Anna);
        var token = await person.Tokens.GetAsync(CancellationToken.None);

        var last = await Eventually.ValueAsync<TourAnswer>(
            async () => await ReadAsync(Accounts, new TourCaller(token.Value, person.DpopKey)) is { Status: not 200 } refusal ? refusal : null,
            "a token ends");

        TimeProvider.System.GetUtcNow().ShouldBeGreaterThanOrEqualTo(token.ExpiresAt - TimeSpan.FromSeconds(2));
        await RefusedAsync(last, 401, "token.expired");
        await ForwardedAsync(await ReadAsync(Accounts, await person.CallerAsync(CancellationToken.None)), 200);
    }
}
