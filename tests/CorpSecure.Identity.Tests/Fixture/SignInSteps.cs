using Microsoft.AspNetCore.WebUtilities;

namespace CorpSecure.Identity.Tests.Fixture;

/// <summary>The way of a person through the pages.</summary>
public static class SignInSteps
{
    /// <summary>From the authorization request to the answer of the password page.</summary>
    public static async Task<Visit> EnterPasswordAsync(this Browser browser, string authorizeUrl, string username, string password)
    {
        var start = await browser.GetAsync(authorizeUrl);
        start.Status.ShouldBe(302);
        var page = await browser.FollowAsync(start);
        page.Status.ShouldBe(200);
        return await browser.SubmitAsync(page, ("Username", username), ("Password", password));
    }

    /// <summary>On to the answer of the code page.</summary>
    public static async Task<Visit> EnterCodeAsync(this Browser browser, string authorizeUrl, TestUser user, string code, string? password = null)
    {
        var page = await browser.FollowAsync(await browser.EnterPasswordAsync(authorizeUrl, user.Username, password ?? user.Password));
        page.Status.ShouldBe(200);
        return await browser.SubmitAsync(page, ("Code", code));
    }

    /// <summary>All the way to the authorization code.</summary>
    public static async Task<string> SignInAsync(this Browser browser, string authorizeUrl, TestUser user, DateTimeOffset now)
    {
        var back = await browser.EnterCodeAsync(authorizeUrl, user, user.CodeAt(now));
        back.Location.ShouldStartWith("/connect/authorize?");
        return (await browser.FollowAsync(back)).Code();
    }

    public static string Code(this Visit visit) => visit.Answer("code").ShouldNotBeNull(visit.Location);

    /// <summary>A parameter of the redirect to the client.</summary>
    public static string? Answer(this Visit visit, string parameter)
    {
        visit.Location.ShouldStartWith(Portal.Redirect);
        return QueryHelpers.ParseQuery(new Uri(visit.Location).Query).TryGetValue(parameter, out var value) ? value.ToString() : null;
    }
}
