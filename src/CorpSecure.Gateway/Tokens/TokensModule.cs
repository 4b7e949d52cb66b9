using CorpSecure.Gateway.Hosting;

namespace CorpSecure.Gateway.Tokens;

public static class TokensModule
{
    public static IServiceCollection AddTokens(this IServiceCollection services, IssuersSection issuers)
    {
        services.AddSingleton(issuers);
        services.AddSingleton<TokenIssuers>();
        services.AddSingleton<TokenCache>();
        services.AddSingleton<TokenVerifier>();
        return services;
    }
}
