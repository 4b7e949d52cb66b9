using System.Net;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Requests;
using CorpSecure.Gateway.Telemetry;
using CorpSecure.Gateway.Tests.World;
using Microsoft.AspNetCore.Http;

namespace CorpSecure.Gateway.Tests.Telemetry;

[Collection(GatewayCollection.Name)]
public sealed class MetricsAccessTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    private const string Token = "dGhpcyBpcyBhIHRva2VuIGZvciB0ZXN0cyBvbmx5";

    private readonly Surroundings surroundings = surroundings;

    [Fact]
    public async Task Metrics_are_told_at_the_ops_door_only()
    {
        await World.ShouldRefuseAsync(ARequest.Get(World, "/metrics"), 404, "route.unknown");
        await World.ShouldRefuseAsync(ARequest.Get(World, "/metrics").By("anna"), 404, "route.unknown");
        (await Scrape.OfAsync(World)).Names.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("POST", "/metrics", 404, "route.unknown")]
    [InlineData("GET", "/metrics/", 400, "target.not-canonical")]
    [InlineData("GET", "/metrics/x", 404, "route.unknown")]
    public Task Only_to_who_asks_for_exactly_that(string method, string target, int status, string reason) =>
        World.ShouldRefuseAsync(new ARequest(World, new HttpMethod(method), target) { Origin = World.Ops }, status, reason);

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("x-forwarded-host", "localhost")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("Via", "1.1 sidecar")]
    public Task What_a_local_proxy_passes_on_does_not_come_from_near(string header, string value) => World.ShouldRefuseAsync(
        new ARequest(World, HttpMethod.Get, "/metrics") { Origin = World.Ops }.With(header, value), 404, "route.unknown");

    [Theory]
    [InlineData("127.0.0.1", null, null, true)]
    [InlineData("::1", null, null, true)]
    [InlineData("::ffff:127.0.0.1", null, null, true)]
    [InlineData("10.1.2.3", null, null, false)]
    [InlineData("10.1.2.3", null, "10.1.2.0/24", true)]
    [InlineData("127.0.0.1", null, "10.1.2.0/24", false)]
    [InlineData("192.0.2.1", "10.1.2.3", "10.1.2.0/24", true)] // 192.0.2.1 is a trusted proxy
    [InlineData("192.0.2.1", "198.51.100.1", "10.1.2.0/24", false)]
    [InlineData("192.0.2.1", "10.1.2.3, 198.51.100.1", "10.1.2.0/24", false)]
    [InlineData("192.0.2.1", "nonsense", "192.0.2.0/24", false)]
    public void A_network_is_near_or_not(string peer, string? forwardedFor, string? network, bool allowed) =>
        Access(network is null ? new MetricsSection() : new MetricsSection { Networks = [network] }).Allows(Request(peer, forwardedFor)).ShouldBe(allowed);

    [Theory]
    [InlineData("Bearer " + Token, true)]
    [InlineData("bearer " + Token, true)]
    [InlineData("Bearer " + Token + "x", false)]
    [InlineData("Bearer ", false)]
    [InlineData(Token, false)]
    [InlineData("Basic " + Token, false)]
    [InlineData(null, false)]
    public void From_afar_the_token_opens_it(string? authorization, bool allowed)
    {
        var file = Path.Combine(surroundings.Directory.FullName, "metrics.token");
        SecretFile.Write(file, Token + "\n");
        Access(new MetricsSection { Networks = [], TokenFile = file }).Allows(Request("10.9.9.9", null, authorization)).ShouldBe(allowed);
    }

    [Fact]
    public void Without_a_token_file_no_token_opens_it() => Access(new MetricsSection()).Allows(Request("10.9.9.9", null, "Bearer ")).ShouldBeFalse();

    private static MetricsAccess Access(MetricsSection section) => new(section, new TrustedProxies(new TrustedProxiesSection { Networks = ["192.0.2.1/32"] }));

    private static DefaultHttpContext Request(string peer, string? forwardedFor, string? authorization = null)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(peer) } };
        if (forwardedFor is not null)
            context.Request.Headers["X-Forwarded-For"] = forwardedFor;
        if (authorization is not null)
            context.Request.Headers.Authorization = authorization;
        return context;
    }
}
