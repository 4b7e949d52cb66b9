using System.Net.Http.Json;
using System.Text.Json;
using CorpSecure.Acceptance.Tests.Targets;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Acceptance.Tests.BlackBox;

public sealed class ReadTests(Target target) : BlackBoxTests(target)
{
    [Fact]
    public async Task A_user_who_signed_in_with_password_and_code_lists_the_accounts_of_the_client()
    {
        using var portal = new Portal(Target.Demo, Target.Addresses.Gateway, await Target.People.OfAsync(Target.People.Anna));

        var answer = await portal.Http.GetFromJsonAsync<JsonElement>("/corporate/v1/accounts?limit=50");

        var ids = answer.GetProperty("accounts").EnumerateArray().Select(account => account.GetProperty("accountId").GetString()!).ToArray();
        ids.Length.ShouldBe(50);
        ids.ShouldAllBe(id => id.StartsWith("acc-acme-"));
    }

    [Fact]
    public async Task A_sign_in_by_password_alone_is_challenged()
    {
        var weak = await Target.People.SignInAsync(Target.People.Anna, acr: "pwd");
        var answer = await ReadAsync("/corporate/v1/accounts", await weak.CallerAsync(CancellationToken.None));
        await RefusedAsync(answer, 401, "acr.insufficient", "StepUp");
        answer.Challenge!.AcrValues.ShouldContain(AcrValues.MultiFactor);
    }

    [Fact]
    public async Task Another_clients_account_does_not_exist() =>
        await RefusedAsync(await ReadAsync("/corporate/v1/accounts/acc-huaxin-001", await AnnaAsync()), 404, "account.not-found");

    [Theory]
    [InlineData("/corporate/v1/cards")]
    [InlineData("/health/ready")]
    [InlineData("/ops/v1/decisions")]
    public async Task A_route_that_the_policy_does_not_name_does_not_exist(string path) =>
        await RefusedAsync(await ReadAsync(path, await AnnaAsync()), 404, "route.unknown");
}
