using CorpSecure.Core.Policies;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.RateLimits.Shared;

namespace CorpSecure.Gateway.RateLimits;

public static class RateLimitsModule
{
    public static IServiceCollection AddRateLimits(this IServiceCollection services, GatewaySettings settings)
    {
        if (settings.RateLimits.Shared is { IsOn: true } shared)
        {
            services.AddSingleton(shared);
            services.AddSingleton<SharedState>();
            services.AddSingleton<SharedLimits>();
            services.AddHostedService(provider => provider.GetRequiredService<SharedLimits>());
        }

        services.AddSingleton(provider => new RequestLimits(
            provider.GetRequiredService<Policy>(), provider.GetRequiredService<TimeProvider>(), provider.GetService<SharedLimits>()));
        services.AddHostedService<QuotaSweep>();
        return services;
    }
}
