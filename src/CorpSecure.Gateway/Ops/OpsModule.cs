using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CorpSecure.Gateway.Ops;

public static class OpsModule
{
    public static IServiceCollection AddOps(this IServiceCollection services, string connectionString)
    {
        services.AddPooledDbContextFactory<OpsContext>(options => options.UseNpgsql(
            new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "corpsecure-ops", Timeout = 3, CommandTimeout = 15, MaxPoolSize = 10 }.ToString()));
        services.AddSingleton<DecisionQueries>();
        services.AddSingleton<IValidator<DecisionQuery>, DecisionQueryValidator>();
        return services;
    }

    public static void UseOps(this IApplicationBuilder app)
    {
        app.UseRouting();
        app.UseEndpoints(endpoints => endpoints.MapDecisions());
    }
}
