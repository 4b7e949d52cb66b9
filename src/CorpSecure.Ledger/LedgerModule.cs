using CorpSecure.Ledger.Lanes;
using CorpSecure.Ledger.Sealing;
using Microsoft.Extensions.DependencyInjection;

namespace CorpSecure.Ledger;

public static class LedgerModule
{
    /// <summary>The ledger's parts. <c>TimeProvider</c> must be registered.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The master key file is not one.</exception>
    public static IServiceCollection AddLedger(this IServiceCollection services, LedgerOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<LedgerDatabase>();
        services.AddSingleton(MasterKey.Load(options.MasterKeyFile));
        services.AddSingleton<BlindIndex>();
        services.AddSingleton<SubjectVault>();
        services.AddSingleton<PartitionKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<PartitionKeeper>());
        return services;
    }

    /// <summary>A lane for entries without reservations, named <c>replica/name</c>.</summary>
    public static IServiceCollection AddLaneWriter(this IServiceCollection services, string name) =>
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<LaneWriter>(provider, name));
}
