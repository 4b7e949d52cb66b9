using CorpSecure.Identity.Pages;
using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.SignIn;

[Collection(IdentityCollection.Name)]
public sealed class FactorTests(IdentityFixture fixture)
{
    private const string WrongPassword = "not the password at all";

    [Fact]
    public async Task A_wrong_password_a_wrong_code_and_an_unknown_user_look_the_same()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        var now = fixture.Clock.GetUtcNow();

        var wrongPassword = await TraceAsync(portal, user.Username, WrongPassword, user.CodeAt(now));
        var wrongCode = await TraceAsync(portal, user.Username, user.Password, user.WrongCodeAt(now));
        var unknown = await TraceAsync(portal, $"nobody-{Guid.NewGuid():N}", WrongPassword, user.CodeAt(now));

        wrongPassword.ShouldContain(SignInModel.FailureMessage);
        wrongCode.ShouldBe(wrongPassword);
        unknown.ShouldBe(wrongPassword);
        (await fixture.AboutAsync(user)).Select(row => row.Reason).ShouldBe(["sign-in.password", "sign-in.code"]);
        (await fixture.AboutAsync(portal)).Select(row => row.Reason).ShouldBe(["sign-in.password", "sign-in.code", "sign-in.unknown-user"]);
    }

    [Fact]
    public async Task Five_failures_across_factors_lock_for_thirty_minutes()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        var start = fixture.Clock.GetUtcNow();
        for (var attempt = 0; attempt < 5; attempt++)
            (await TryAsync(portal, user, attempt % 2 == 0 ? WrongPassword : user.Password, user.WrongCodeAt(start))).ShouldBeFalse();

        (await TryAsync(portal, user, user.Password, user.CodeAt(start))).ShouldBeFalse();
        fixture.Clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1));
        (await TryAsync(portal, user, user.Password, user.CodeAt(fixture.Clock.GetUtcNow()))).ShouldBeFalse();
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        (await TryAsync(portal, user, user.Password, user.CodeAt(fixture.Clock.GetUtcNow()))).ShouldBeTrue();

        (await fixture.AboutAsync(user)).Select(row => row.Event)
            .ShouldBe([.. Enumerable.Repeat("factor-failed", 5), "locked-out", "factor-failed", "factor-failed", "signed-in"]);
    }

    [Fact]
    public async Task A_success_ends_the_row_of_failures()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        for (var round = 0; round < 2; round++)
        {
            for (var attempt = 0; attempt < 4; attempt++)
                (await TryAsync(portal, user, user.Password, user.WrongCodeAt(fixture.Clock.GetUtcNow()))).ShouldBeFalse();
            (await TryAsync(portal, user, user.Password, user.CodeAt(fixture.Clock.GetUtcNow()))).ShouldBeTrue();
            fixture.Clock.Advance(TimeSpan.FromSeconds(60));
        }
    }

    [Fact]
    public async Task Twenty_parallel_guesses_on_two_replicas_are_at_most_five()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        var wrong = user.WrongCodeAt(fixture.Clock.GetUtcNow());

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            TryAsync(portal, user, user.Password, wrong, i % 2 == 0 ? fixture.Corporate : fixture.CorporateReplica)));

        var rows = await fixture.AboutAsync(user);
        rows.Count(row => row.Reason == "sign-in.code").ShouldBe(5);
        rows.Count(row => row.Reason == "sign-in.locked").ShouldBe(15);
        rows.Count(row => row.Event == "locked-out").ShouldBe(1);
        (await fixture.ScalarAsync<int>("select failed_attempts from identity_corporate.users where id = $1", user.Subject)).ShouldBe(5);
        (await TryAsync(portal, user, user.Password, user.CodeAt(fixture.Clock.GetUtcNow()))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_code_that_was_used_is_refused()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        var code = user.CodeAt(fixture.Clock.GetUtcNow());

        (await TryAsync(portal, user, user.Password, code)).ShouldBeTrue();
        (await TryAsync(portal, user, user.Password, code)).ShouldBeFalse();

        (await fixture.AboutAsync(user))[^1].Reason.ShouldBe("sign-in.code-replayed");
    }

    [Fact]
    public async Task An_older_code_is_refused_after_a_newer_one()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        var now = fixture.Clock.GetUtcNow();

        (await TryAsync(portal, user, user.Password, user.CodeAt(now))).ShouldBeTrue();
        (await TryAsync(portal, user, user.Password, user.CodeAt(now.AddSeconds(-30)))).ShouldBeFalse();
    }

    [Fact]
    public async Task Of_two_parallel_submissions_of_one_code_exactly_one_succeeds()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        var code = user.CodeAt(fixture.Clock.GetUtcNow());

        var results = await Task.WhenAll(
            TryAsync(portal, user, user.Password, code), TryAsync(portal, user, user.Password, code, fixture.CorporateReplica));

        results.Count(succeeded => succeeded).ShouldBe(1);
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task A_code_may_be_one_step_early_or_late_and_no_more(int steps, bool accepted)
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);

        (await TryAsync(portal, user, user.Password, user.CodeAt(fixture.Clock.GetUtcNow().AddSeconds(30 * steps)))).ShouldBe(accepted);
    }

    [Fact]
    public async Task Guessing_at_the_one_factor_level_counts_towards_the_same_lock()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var browser = new Browser(fixture.Corporate);
            var answer = await browser.EnterPasswordAsync(await portal.AuthorizeUrlAsync(("acr_values", "urn:corpsecure:acr:pwd")), user.Username, WrongPassword);
            (await browser.FollowAsync(answer)).Failure.ShouldBe(SignInModel.FailureMessage);
        }

        (await TryAsync(portal, user, user.Password, user.CodeAt(fixture.Clock.GetUtcNow()))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_password_alone_does_not_buy_further_guesses_at_the_code()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        var now = fixture.Clock.GetUtcNow();
        for (var attempt = 0; attempt < 4; attempt++)
            (await TryAsync(portal, user, user.Password, user.WrongCodeAt(now))).ShouldBeFalse();

        using (var browser = new Browser(fixture.Corporate))
        {
            var answer = await browser.EnterPasswordAsync(await portal.AuthorizeUrlAsync(("acr_values", "urn:corpsecure:acr:pwd")), user.Username, user.Password);
            answer.Location.ShouldStartWith("/connect/authorize?");
        }

        (await TryAsync(portal, user, user.Password, user.WrongCodeAt(now))).ShouldBeFalse();
        (await TryAsync(portal, user, user.Password, user.CodeAt(now))).ShouldBeFalse();
        (await fixture.AboutAsync(user)).Select(row => row.Event).ShouldContain("locked-out");
    }

    [Fact]
    public async Task A_pending_first_factor_expires_and_belongs_to_its_request()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        var page = await browser.FollowAsync(await browser.EnterPasswordAsync(await portal.AuthorizeUrlAsync(), user.Username, user.Password));

        (await browser.GetAsync($"/sign-in/code?returnUrl={Uri.EscapeDataString(await portal.AuthorizeUrlAsync())}")).Location.ShouldStartWith("/sign-in?");
        fixture.Clock.Advance(TimeSpan.FromMinutes(5));
        (await browser.SubmitAsync(page, ("Code", user.CodeAt(fixture.Clock.GetUtcNow())))).Location.ShouldStartWith("/sign-in?");
    }

    private async Task<bool> TryAsync(Portal portal, TestUser user, string password, string code, TestServer? server = null)
    {
        using var browser = new Browser(server ?? fixture.Corporate);
        var answer = await browser.EnterCodeAsync(await portal.AuthorizeUrlAsync(), user, code, password);
        answer.Status.ShouldBe(302);
        return answer.Location.StartsWith("/connect/authorize?", StringComparison.Ordinal);
    }

    // Everything the person at the other end could compare: statuses, targets, sizes of cookies, texts.
    private async Task<string> TraceAsync(Portal portal, string username, string password, string code)
    {
        using var browser = new Browser(fixture.Corporate);
        var first = await browser.EnterPasswordAsync(await portal.AuthorizeUrlAsync(), username, password);
        var codePage = await browser.FollowAsync(first);
        var last = await browser.SubmitAsync(codePage, ("Code", code));
        var end = await browser.FollowAsync(last);
        return string.Join('|', first.Status, first.Location.Split('?')[0], first.Header("Set-Cookie").Length, codePage.Status, codePage.Document.Title,
            last.Status, last.Location.Split("returnUrl")[0], end.Status, end.Failure);
    }
}
