using CorpSecure.Gateway.Own;

namespace CorpSecure.Gateway.Keys;

public static class KeysModule
{
    public static IServiceCollection AddKeys(this IServiceCollection services)
    {
        services.AddSingleton<KeyStore>();
        services.AddSingleton<EnrolmentReader>();
        services.AddSingleton<KeyEndpoints>();
        return services.AddOwnEndpoints(provider => provider.GetRequiredService<KeyEndpoints>().All);
    }
}
