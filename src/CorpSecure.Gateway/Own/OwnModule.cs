using CorpSecure.Core.Policies;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CorpSecure.Gateway.Own;

/// <param name="Make">Makes the endpoints of one capability.</param>
public sealed record OwnEndpointSource(Func<IServiceProvider, IEnumerable<OwnEndpoint>> Make);

public static class OwnModule
{
    /// <summary>A capability brings its endpoints; the policy must name the route of each that is to be reached.</summary>
    public static IServiceCollection AddOwnEndpoints(this IServiceCollection services, Func<IServiceProvider, IEnumerable<OwnEndpoint>> make)
    {
        services.AddSingleton(new OwnEndpointSource(make));
        services.TryAddSingleton(provider => new OwnEndpoints(provider.GetServices<OwnEndpointSource>().SelectMany(source => source.Make(provider))));
        return services;
    }

    /// <exception cref="Hosting.StartRefusedException">The policy and the endpoints do not agree.</exception>
    public static void UseOwnEndpoints(this IApplicationBuilder app)
    {
        app.ApplicationServices.GetRequiredService<OwnEndpoints>().Check(app.ApplicationServices.GetRequiredService<Policy>());
        app.UseMiddleware<OwnMiddleware>();
    }
}
