using CorpSecure.Gateway.Own;

namespace CorpSecure.Gateway.Issuers;

public static class IssuersModule
{
    public static IServiceCollection AddIssuers(this IServiceCollection services)
    {
        services.AddSingleton<ProtectedResource>();
        services.AddHostedService<IssuerNotices>();
        return services.AddOwnEndpoints(provider => provider.GetRequiredService<ProtectedResource>().All);
    }
}
