using System.Net;
using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Tests.Fixture;
using Npgsql;

namespace CorpSecure.Identity.Tests.Outages;

[Collection(IdentityCollection.Name)]
public sealed class OutageTests(IdentityFixture fixture)
{
    [Fact]
    public async Task Without_its_database_every_endpoint_says_so_and_no_client_or_grant_is_called_wrong()
    {
        var direct = new NpgsqlConnectionStringBuilder(fixture.RealmConnection(Realm.Corporate));
        await using var line = new Forwarder(direct.Port);
        var settings = fixture.Configuration(Realm.Corporate, 5);
        settings["Database:ConnectionString"] = new NpgsqlConnectionStringBuilder(direct.ConnectionString) { Host = "127.0.0.1", Port = line.Port }.ConnectionString;
        await using var server = await TestServer.StartAsync(fixture, settings);
        var user = await TestUser.CreateAsync(fixture);
        using var portal = await Portal.CreateAsync(fixture, server);
        using var browser = new Browser(server);
        var tokens = await portal.SignInAsync(fixture, browser, user);
        tokens.Status.ShouldBe(200, tokens.Body.ToString());
        var code = (await browser.GetAsync(await portal.AuthorizeUrlAsync())).Code();
        var url = await portal.AuthorizeUrlAsync();
        var signOut = await browser.GetAsync("/sign-out");
        using var http = server.NewClient();

        await line.CutAsync();

        for (var round = 0; round < 2; round++) // pooled connections first, then new ones
        {
            Temporary(await portal.RefreshAsync(tokens, server));
            Temporary(await portal.ExchangeAsync(code));
            Temporary(await portal.PostAsync(server, "/connect/revoke", ("token", tokens.RefreshToken)));
            Temporary(await portal.PostAsync(server, "/connect/introspect", ("token", tokens.AccessToken)));
            using var raw = await http.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "refresh_token",
                ["refresh_token"] = tokens.RefreshToken,
                ["client_assertion"] = portal.Assertion(),
                ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            }));
            raw.Headers.RetryAfter.ShouldNotBeNull();
            using var list = await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/connect/sessions") { Headers = { { "Authorization", $"Bearer {tokens.AccessToken}" } } });
            list.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            Temporary(await portal.PushAsync());
            Away(await browser.GetAsync(url));
            Away(await browser.GetAsync("/sessions"));
            Away(await browser.SubmitAsync(signOut));
            using var health = await http.GetAsync("/health");
            health.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        line.Restore();

        (await portal.RefreshAsync(tokens, server)).Status.ShouldBe(200);
        (await portal.ExchangeAsync(code)).Status.ShouldBe(200);
        (await browser.GetAsync("/sessions")).Status.ShouldBe(200);
        using var again = await http.GetAsync("/health");
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static void Temporary(TokenAnswer answer)
    {
        answer.Status.ShouldBe(503, answer.Body.ToString());
        answer.Error.ShouldBe("temporarily_unavailable");
        answer.Body.TryGetProperty("access_token", out _).ShouldBeFalse();
    }

    private static void Away(Visit visit)
    {
        visit.Status.ShouldBe(503);
        visit.Response.Headers.RetryAfter.ShouldNotBeNull();
        visit.Document.Title.ShouldBe("Not available - CorpSecure");
    }
}
