using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;
using CorpSecure.Gateway.Bodies;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Problems;
using CorpSecure.Gateway.Requests;
using CorpSecure.Gateway.Signatures;

namespace CorpSecure.Gateway.Enforcement;

public static class EnforcementModule
{
    public static IServiceCollection AddEnforcement(this IServiceCollection services, Policy policy, GatewaySettings settings)
    {
        services.AddSingleton(policy);
        services.AddSingleton(new DecisionPoint(policy));
        services.AddSingleton(new TrustedProxies(settings.TrustedProxies));
        services.AddSingleton(new Capacity(settings.Gateway));
        services.AddSingleton<ExternalOrigins>();
        services.AddSingleton<RequestReader>();
        services.AddHostedService<RejectedBytes>();
        services.AddHostedService<BrokenConnections>();
        services.AddSingleton<SignatureReader>();
        services.AddSingleton<BodyReader>();
        services.AddSingleton<FactsGatherer>();
        services.AddSingleton<Challenges>();
        services.AddSingleton<ProblemWriter>();
        return services;
    }

    public static IApplicationBuilder UseEnforcement(this IApplicationBuilder app, Listener listener) =>
        app.UseMiddleware<EnforcementMiddleware>(listener);
}
