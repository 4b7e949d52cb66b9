using CorpSecure.Acceptance.Tests.Targets;
using CorpSecure.DevHost.Tour;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Acceptance.Tests.BlackBox;

public sealed class StolenTokenTests(Target target) : BlackBoxTests(target)
{
    private const string Accounts = "/corporate/v1/accounts";
    private const int Copies = 9;

    [Fact]
    public async Task A_bound_token_sent_as_bearer_is_refused() =>
        await RefusedAsync(await ReadAsync(Accounts, await AnnaAsync() with { Key = null }), 401, "token.binding");

    [Fact]
    public async Task Another_key_than_the_tokens_is_refused()
    {
        using var thief = SigningKey.Generate("thief");
        await RefusedAsync(await ReadAsync(Accounts, await AnnaAsync() with { Key = thief }), 401, "token.binding");
    }

    [Fact]
    public async Task A_captured_read_counts_once_on_whichever_replica()
    {
        using var sender = Target.Sender();
        var captured = await sender.ReadAsync(Target.Addresses.Gateway + Accounts, await AnnaAsync(), CancellationToken.None);

        var answers = await Task.WhenAll(Enumerable.Range(0, Copies).Select(_ => SendAsync(captured)));

        await ForwardedAsync(answers.Single(answer => answer.Status == 200), 200);
        foreach (var copy in answers.Where(answer => answer.Status != 200))
            await RefusedAsync(copy, 401, "dpop.replayed", told: "dpop.invalid");
    }

    [Fact]
    public async Task A_proof_without_the_doors_nonce_is_told_it_and_good_with_it()
    {
        using var sender = Target.Sender();
        var request = new TourRequest(HttpMethod.Get, Target.Addresses.Gateway + Accounts);
        await sender.AuthorizeAsync(request, await AnnaAsync(), CancellationToken.None, withNonce: false);

        await RefusedAsync(await SendAsync(request), 401, "dpop.nonce-missing");
        await ForwardedAsync(await ReadAsync(Accounts, await AnnaAsync()), 200);
    }
}
