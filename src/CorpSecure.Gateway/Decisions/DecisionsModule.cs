using CorpSecure.Ledger.Lanes;

namespace CorpSecure.Gateway.Decisions;

public static class DecisionsModule
{
    public static IServiceCollection AddDecisions(this IServiceCollection services)
    {
        services.AddSingleton<DecisionCommitter>();
        services.AddSingleton<DecisionLanes>();
        services.AddKeyedSingleton(RefusalCounter.Lane, (provider, _) => ActivatorUtilities.CreateInstance<LaneWriter>(provider, RefusalCounter.Lane));
        services.AddSingleton<OutcomeRecorder>();
        services.AddSingleton<RefusalCounter>();
        services.AddHostedService(provider => provider.GetRequiredService<RefusalCounter>());
        return services;
    }
}
