using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace CorpSecure.Gateway.Tests.Requests;

public sealed class ExternalOriginTests
{
    private readonly ExternalOrigins origins = new(new GatewaySettings
    {
        Gateway = new GatewaySection { Origin = "https://bank.example", OpsOrigin = "https://ops.example:9444" },
    });

    [Theory]
    [InlineData(Listener.Api, "bank.example", true)]
    [InlineData(Listener.Api, "BANK.example:443", true)]
    [InlineData(Listener.Api, "bank.example:8443", false)]
    [InlineData(Listener.Api, "ops.example:9444", false)]
    [InlineData(Listener.Ops, "ops.example:9444", true)]
    [InlineData(Listener.Ops, "ops.example", false)]
    [InlineData(Listener.Api, "", false)]
    public void A_host_is_ours_with_or_without_the_port_that_https_implies(Listener listener, string host, bool ours) =>
        origins.IsHostOf(listener, new HostString(host)).ShouldBe(ours);
}
