using System.Text.RegularExpressions;
using CorpSecure.Core.Policies;
using CorpSecure.Gateway.Tests.World;
using Microsoft.AspNetCore.Routing;

namespace CorpSecure.Gateway.Tests.Ops;

[Collection(GatewayCollection.Name)]
public sealed class DoorsTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    private const string ProxyPattern = "/{**target}";

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_is_told_at_the_ops_door_only(string path)
    {
        using var answer = await World.Http.GetAsync(new Uri(World.Ops + path));
        ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()).ShouldBe((200, "ok\n"));
        await World.ShouldRefuseAsync(ARequest.Get(World, path).By("anna"), 404, "route.unknown");
    }

    [Fact]
    public Task The_api_is_not_served_at_the_ops_door() =>
        World.ShouldRefuseAsync(new ARequest(World, HttpMethod.Get, "/corporate/v1/accounts") { Origin = World.Ops }.By("rita"), 404, "route.unknown");

    [Fact]
    public void Every_endpoint_lies_behind_a_route_of_the_policy() => Unnamed(Endpoints(), World.Service<Policy>()).ShouldBeEmpty();

    [Fact]
    public void An_endpoint_without_a_route_would_be_found()
    {
        var policy = World.Service<Policy>();
        Unnamed(Endpoints(), policy with { Ops = RouteTable.Empty }).Count.ShouldBe(5);
        Unnamed(["/corporate/v1/secrets"], policy).ShouldBe(["/corporate/v1/secrets"]);
    }

    private List<string> Endpoints()
    {
        var patterns = World.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText!).ToList();
        patterns.ShouldContain(ProxyPattern);
        patterns.Count.ShouldBe(6);
        return patterns;
    }

    /// <summary>The proxy takes all paths; which of them reach it, the policy says.</summary>
    private static List<string> Unnamed(IEnumerable<string> patterns, Policy policy)
    {
        var shapes = policy.Api.All.Concat(policy.Ops.All).Select(route => route.Path.Shape).ToHashSet();
        return [.. patterns.Where(pattern => pattern != ProxyPattern && !shapes.Contains(Regex.Replace(pattern, "\\{[^}]*\\}", "{}")))];
    }
}
