using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.SignIn;

[Collection(IdentityCollection.Name)]
public sealed class LedgerTests(IdentityFixture fixture)
{
    [Fact]
    public async Task Sign_in_and_token_are_recorded_without_personal_data_in_clear()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        await portal.ExchangeAsync(await browser.SignInAsync(await portal.AuthorizeUrlAsync(), user, fixture.Clock.GetUtcNow()));

        var rows = await fixture.AboutAsync(user);

        rows.Select(row => (row.Kind, row.Event)).ShouldBe([((short)10, "signed-in"), ((short)11, "token-issued")]);
        rows.ShouldAllBe(row => row.IsSealed && row.Acr == "urn:corpsecure:acr:mfa");
        rows[1].Reason.ShouldBe("authorization_code");
        foreach (var personal in new[] { user.Username, user.Subject, user.Person, "127.0.0.1" })
            rows.ShouldAllBe(row => !row.Payload.Contains(personal));
    }

    [Fact]
    public async Task Without_the_ledger_nobody_signs_in_and_no_token_is_issued()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        var code = await browser.SignInAsync(await portal.AuthorizeUrlAsync(), user, fixture.Clock.GetUtcNow());
        fixture.Clock.Advance(TimeSpan.FromSeconds(30));

        await fixture.ScalarAsync<object>("revoke insert on ledger.entries from corpsecure_writer");
        try
        {
            using var other = new Browser(fixture.Corporate);
            var refused = await other.EnterCodeAsync(await portal.AuthorizeUrlAsync(), user, user.CodeAt(fixture.Clock.GetUtcNow()));
            refused.Status.ShouldBe(503);
            refused.Header("Set-Cookie").ShouldNotContain("__Host-corpsecure-corporate=");
            refused.Header("Content-Security-Policy").ShouldStartWith("default-src 'none'");
            (await other.GetAsync(await portal.AuthorizeUrlAsync())).Location.ShouldStartWith("/sign-in?");

            var tokens = await portal.ExchangeAsync(code);
            tokens.Status.ShouldBe(503);
            tokens.Error.ShouldBe("temporarily_unavailable");
            tokens.Body.TryGetProperty("access_token", out _).ShouldBeFalse();
        }
        finally
        {
            await fixture.ScalarAsync<object>("grant insert on ledger.entries to corpsecure_writer");
        }

        fixture.Clock.Advance(TimeSpan.FromSeconds(30));
        using var later = new Browser(fixture.Corporate);
        (await portal.ExchangeAsync(await later.SignInAsync(await portal.AuthorizeUrlAsync(), user, fixture.Clock.GetUtcNow()))).Status.ShouldBe(200);
    }
}
