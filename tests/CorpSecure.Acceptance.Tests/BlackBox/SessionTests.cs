using System.Text.Json;
using CorpSecure.Acceptance.Tests.Targets;
using CorpSecure.DevHost.Demo;

namespace CorpSecure.Acceptance.Tests.BlackBox;

/// <summary>With <c>corpsec</c>, as a person at a terminal.</summary>
public sealed class SessionTests(Target target) : BlackBoxTests(target)
{
    private const string Payment = """
        {"debtorAccount":"acc-nordwind-001","creditor":{"name":"Acme Industries GmbH","account":"DE89370400440532013000"},"amount":"3.25","currency":"SEK","reference":"STEP-UP"}
        """;

    [Fact]
    public async Task A_maker_who_signed_in_with_a_password_is_asked_for_the_code_by_the_payment_and_pays()
    {
        var erik = await Target.People.SignInAsync(User("erik.lund"), acr: "pwd");

        var told = await Target.People.CorpsecAsync(erik.Home, "curl", "POST", "/corporate/v1/payments", "-d", Payment);

        told.ShouldContain("Signing in again ...");
        told.ShouldContain("\"accepted\"");
        (await Target.People.CorpsecAsync(erik.Home, "curl", "GET", "/corporate/v1/accounts")).ShouldNotContain("Signing in again", customMessage: "a read is not challenged twice");
    }

    [Fact]
    public async Task A_session_that_is_ended_from_elsewhere_is_refused_within_five_seconds_and_says_so()
    {
        var here = await Target.People.SignInAsync(User("li.wei"), acr: "pwd");
        var lost = await Target.People.SignInAsync(User("li.wei"), acr: null);
        (await Target.People.CorpsecAsync(lost.Home, "curl", "GET", "/corporate/v1/accounts")).ShouldContain("acc-huaxin-001");

        using var sessions = JsonDocument.Parse(await Target.People.CorpsecAsync(here.Home, "sessions", "list", "-o", "json"));
        sessions.RootElement.GetProperty("sessions").EnumerateArray().Count(session => session.GetProperty("current").GetBoolean()).ShouldBe(1);
        await Target.People.CorpsecAsync(here.Home, "sessions", "end", "--others");

        var ended = TimeProvider.System.GetUtcNow();
        await Eventually.TrueAsync(
            async () => (await Target.People.TryCorpsecAsync(lost.Home, "curl", "GET", "/corporate/v1/accounts")) is { ExitCode: 6 } told
                && told.Output.Contains("Your session has ended, sign in again: corpsec login", StringComparison.Ordinal),
            "the session is over");
        (TimeProvider.System.GetUtcNow() - ended).ShouldBeLessThan(TimeSpan.FromSeconds(10), "five seconds, and a start of corpsec");
        (await Target.People.TryCorpsecAsync(here.Home, "sessions", "list")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task After_a_logout_the_refresh_token_and_the_access_token_are_worth_nothing()
    {
        var left = await Target.People.SignInAsync(User("zhang.min"), acr: "pwd");
        var caller = await left.CallerAsync(CancellationToken.None);
        await Target.People.CorpsecAsync(left.Home, "logout");

        await Eventually.TrueAsync(async () => (await ReadAsync("/corporate/v1/accounts", caller)).Code == "token.revoked", "the access token is revoked");
    }

    private DemoUser User(string name) => Target.Demo.Users.Single(user => user.Username == name);
}
