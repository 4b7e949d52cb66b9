using CorpSecure.Identity.Tests.Fixture;
using Microsoft.AspNetCore.WebUtilities;

namespace CorpSecure.Identity.Tests.PushedRequests;

[Collection(IdentityCollection.Name)]
public sealed class PushedRequestTests(IdentityFixture fixture)
{
    [Fact]
    public async Task A_request_that_was_not_pushed_is_refused_in_both_realms()
    {
        foreach (var server in new[] { fixture.Corporate, fixture.Staff })
        {
            using var portal = await Portal.CreateAsync(fixture, server);
            using var browser = new Browser(server);

            var answer = await browser.GetAsync(QueryHelpers.AddQueryString("/connect/authorize", portal.AuthorizationRequest()));

            answer.Status.ShouldBe(400);
            answer.Response.Headers.Location.ShouldBeNull();
            answer.Document.Body!.TextContent.ShouldContain("request_uri");
        }
    }

    [Fact]
    public async Task A_pushed_request_lasts_ninety_seconds()
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        var pushed = await portal.PushAsync();
        var late = await portal.AuthorizeUrlAsync();
        pushed.Body.GetProperty("expires_in").GetInt64().ShouldBeInRange(89, 90);

        fixture.Clock.Advance(TimeSpan.FromSeconds(89));
        (await browser.GetAsync(portal.AuthorizeUrl(pushed.RequestUri))).Location.ShouldStartWith("/sign-in?");
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));

        var answer = await browser.GetAsync(late);
        answer.Status.ShouldBe(400);
        answer.Response.Headers.Location.ShouldBeNull();
    }

    [Fact]
    public async Task A_person_may_take_longer_to_sign_in_than_the_reference_lasts()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        var codePage = await browser.FollowAsync(await browser.EnterPasswordAsync(await portal.AuthorizeUrlAsync(), user.Username, user.Password));

        fixture.Clock.Advance(TimeSpan.FromMinutes(4));
        var back = await browser.SubmitAsync(codePage, ("Code", user.CodeAt(fixture.Clock.GetUtcNow())));

        (await portal.ExchangeAsync((await browser.FollowAsync(back)).Code())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_time_to_sign_in_is_not_for_another_reference_and_not_for_ever()
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        var (first, second) = (await portal.PushAsync(), await portal.PushAsync());
        var returnUrl = Uri.UnescapeDataString((await browser.GetAsync(portal.AuthorizeUrl(first.RequestUri))).Location["/sign-in?returnUrl=".Length..]);
        var interaction = QueryHelpers.ParseQuery(returnUrl["/connect/authorize".Length..])["interaction"].ToString();

        fixture.Clock.Advance(TimeSpan.FromSeconds(91));
        (await browser.GetAsync(QueryHelpers.AddQueryString(portal.AuthorizeUrl(second.RequestUri), "interaction", interaction))).Status.ShouldBe(400);

        // Coming by again does not make it younger.
        for (var visit = 0; visit < 2; visit++)
        {
            fixture.Clock.Advance(TimeSpan.FromMinutes(5));
            var again = await browser.GetAsync(returnUrl);
            returnUrl = Uri.UnescapeDataString(again.Location["/sign-in?returnUrl=".Length..]);
        }

        fixture.Clock.Advance(TimeSpan.FromMinutes(5));
        (await browser.GetAsync(returnUrl)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_pushed_request_is_answered_once_with_a_code()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        var url = await portal.AuthorizeUrlAsync();
        await browser.SignInAsync(url, user, fixture.Clock.GetUtcNow());

        var again = await browser.GetAsync(url);

        again.Status.ShouldBe(400);
        again.Response.Headers.Location.ShouldBeNull();
        (await browser.GetAsync($"/sign-in?returnUrl={Uri.EscapeDataString(url)}")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_pushed_request_is_answered_once_with_an_error()
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        var url = await portal.AuthorizeUrlAsync(("prompt", "none"));
        var refused = await browser.GetAsync(url);
        refused.Answer("error").ShouldBe("login_required");
        refused.Answer("iss").ShouldBe("https://localhost:8444/");
        refused.Answer("state").ShouldBe("state-1");

        (await browser.GetAsync(url)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Of_parallel_answers_to_one_request_one_is_a_code()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        await browser.SignInAsync(await portal.AuthorizeUrlAsync(), user, fixture.Clock.GetUtcNow());
        var url = await portal.AuthorizeUrlAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => browser.GetAsync(url)));

        answers.Count(answer => answer.Response.Headers.Location?.OriginalString.Contains("code=", StringComparison.Ordinal) == true).ShouldBe(1);
    }

    [Theory]
    [InlineData("another client")]
    [InlineData("no client")]
    [InlineData("invented")]
    [InlineData("of the other realm")]
    [InlineData("by reference")]
    public async Task Only_the_client_that_pushed_a_request_may_use_it(string trick)
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var other = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var staff = await Portal.CreateAsync(fixture, fixture.Staff);
        using var browser = new Browser(fixture.Corporate);
        var pushed = await portal.PushAsync();

        var answer = await browser.GetAsync(trick switch
        {
            "another client" => other.AuthorizeUrl(pushed.RequestUri),
            "no client" => $"/connect/authorize?request_uri={Uri.EscapeDataString(pushed.RequestUri)}",
            "invented" => portal.AuthorizeUrl("urn:ietf:params:oauth:request_uri:" + new string('a', 342)),
            "of the other realm" => portal.AuthorizeUrl((await staff.PushAsync()).RequestUri),
            "by reference" => portal.AuthorizeUrl("https://evil.example/request.jwt"),
            _ => throw new ArgumentOutOfRangeException(nameof(trick), trick, null),
        });

        answer.Status.ShouldBe(400);
        answer.Response.Headers.Location.ShouldBeNull();
    }

    [Fact]
    public async Task A_code_is_no_reference_and_a_reference_is_no_code()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        var code = await browser.SignInAsync(await portal.AuthorizeUrlAsync(), user, fixture.Clock.GetUtcNow());
        var pushed = await portal.PushAsync();

        (await browser.GetAsync(portal.AuthorizeUrl("urn:ietf:params:oauth:request_uri:" + code))).Status.ShouldBe(400);
        (await portal.ExchangeAsync(pushed.RequestUri["urn:ietf:params:oauth:request_uri:".Length..])).Error.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task What_stands_beside_the_reference_changes_nothing()
    {
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var browser = new Browser(fixture.Corporate);
        await browser.SignInAsync(await portal.AuthorizeUrlAsync(("acr_values", "urn:corpsecure:acr:mfa")), user, fixture.Clock.GetUtcNow());
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        var url = await portal.AuthorizeUrlAsync(("prompt", "login")) + "&prompt=none&max_age=9999&acr_values=urn:corpsecure:acr:pwd&state=other&redirect_uri=https://evil.example/";

        (await browser.GetAsync(url)).Location.ShouldStartWith("/sign-in?");
    }

    [Fact]
    public async Task No_parameter_comes_twice()
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);
        using var http = fixture.Corporate.NewClient();
        foreach (var (path, name) in new[] { ("/connect/par", "max_age"), ("/connect/par", "prompt"), ("/connect/token", "code_verifier"), ("/connect/token", "grant_type") })
        {
            var parameters = portal.AuthorizationRequest().ToDictionary(parameter => parameter.Key, parameter => parameter.Value!);
            parameters["grant_type"] = "authorization_code";
            parameters["code"] = "x";
            parameters["client_assertion"] = portal.Assertion();
            parameters["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
            parameters.Remove(name);
            using var content = new FormUrlEncodedContent([.. parameters, new(name, "1"), new(name, "2")]);

            var answer = await TokenAnswer.ReadAsync(await http.PostAsync(path, content));

            answer.Status.ShouldBe(400);
            answer.Error.ShouldBe("invalid_request");
        }
    }

    [Theory]
    [InlineData("request", "eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("request_uri", "https://evil.example/request.jwt")]
    [InlineData("request_uri", "urn:ietf:params:oauth:request_uri:x")]
    [InlineData("client_id", "somebody-else")]
    [InlineData("client_assertion", null)]
    [InlineData("response_type", null)]
    [InlineData("redirect_uri", null)]
    public async Task A_request_with_more_or_less_than_it_may_have_cannot_be_pushed(string parameter, string? value)
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);

        var answer = await portal.PushAsync((parameter, value));

        answer.Status.ShouldBeOneOf(400, 401);
        answer.Body.TryGetProperty("request_uri", out _).ShouldBeFalse();
    }
}
