using CorpSecure.Ledger.Sealing;
using CorpSecure.Protocol.Dpop;

namespace CorpSecure.Gateway.Dpop;

public static class DpopModule
{
    public static IServiceCollection AddDpop(this IServiceCollection services, DpopSection settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(_ => new DpopReader());
        services.AddSingleton(provider => new DpopNonces(provider.GetRequiredService<MasterKey>().NonceKey));
        services.AddSingleton<ProofReader>();
        return services;
    }
}
