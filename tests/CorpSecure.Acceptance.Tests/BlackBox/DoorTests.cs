using System.Net;
using CorpSecure.Acceptance.Tests.Targets;
using CorpSecure.DevHost.Tour;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Acceptance.Tests.BlackBox;

public sealed class DoorTests(Target target) : BlackBoxTests(target)
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_is_told_at_the_ops_door_without_a_token(string path)
    {
        using var http = Target.Stranger();
        (await http.GetAsync(Target.Addresses.Ops + path)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Identities_tell_their_health()
    {
        using var http = Target.Stranger();
        (await http.GetAsync(Target.Addresses.IdentityCorporate + "/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await http.GetAsync(Target.Addresses.IdentityStaff + "/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Every_answer_carries_its_decision_and_the_security_headers()
    {
        using var http = Target.Stranger();
        using var sender = Target.Sender();
        var anna = await AnnaAsync();
        var answers = new List<HttpResponseMessage>();
        foreach (var (method, path, signedIn) in new[]
        {
            (HttpMethod.Get, "/corporate/v1/accounts", true),
            (HttpMethod.Get, "/corporate/v1/accounts", false),
            (HttpMethod.Get, "/corporate/v1/accounts/acc-acme-999", true),
            (HttpMethod.Post, "/corporate/v1/payments", true),
            (HttpMethod.Delete, "/corporate/v1/accounts", true),
            (HttpMethod.Get, "/", false),
            (HttpMethod.Get, "/corporate/v1/%2e%2e/accounts", true),
        })
        {
            var request = new HttpRequestMessage(method, Target.Addresses.Gateway + path);
            if (signedIn)
            {
                var proven = new TourRequest(method, Target.Addresses.Gateway + path);
                await sender.AuthorizeAsync(proven, anna, CancellationToken.None);
                foreach (var (name, value) in proven.Headers)
                    request.Headers.TryAddWithoutValidation(name, value);
            }

            answers.Add(await http.SendAsync(request));
        }

        answers[0].StatusCode.ShouldBe(HttpStatusCode.OK);
        answers.Skip(1).ShouldAllBe(answer => !answer.IsSuccessStatusCode);
        foreach (var answer in answers)
        {
            Guid.Parse(answer.Headers.GetValues(HeaderNames.DecisionId).ShouldHaveSingleItem()).Version.ShouldBe(7);
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
            answer.Headers.Contains("Strict-Transport-Security").ShouldBeTrue();
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
            answer.Headers.Contains("Server").ShouldBeFalse();
            answer.Dispose();
        }
    }

    [Fact]
    public async Task The_wrong_door_is_misdirected()
    {
        using var http = Target.Stranger();
        using var request = new HttpRequestMessage(HttpMethod.Get, Target.Addresses.Gateway + "/corporate/v1/accounts");
        request.Headers.Host = new Uri(Target.Addresses.Ops).Authority;
        (await http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
    }
}
