using CorpSecure.Gateway.Hosting;
using Yarp.ReverseProxy.Forwarder;

namespace CorpSecure.Gateway.Forwarding;

public static class ForwardingModule
{
    public static IServiceCollection AddForwarding(this IServiceCollection services, GatewaySettings settings)
    {
        services.AddSingleton(settings.Core);
        services.AddSingleton<AssertionSigner>();
        services.AddHostedService<CoreClientRenewal>();
        services.AddSingleton<IForwarderHttpClientFactory, CoreHttpClientFactory>();
        services.AddReverseProxy()
            .LoadFromMemory(CoreForwarding.Routes, CoreForwarding.Clusters(settings.Core))
            .AddTransforms<CoreTransforms>();
        return services;
    }

    /// <summary>What follows a decision to forward.</summary>
    public static void UseForwarding(this IApplicationBuilder app)
    {
        app.UseMiddleware<ForwardMiddleware>();
        app.UseRouting();
        app.UseEndpoints(endpoints => endpoints.MapReverseProxy());
    }
}
