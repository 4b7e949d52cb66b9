using CorpSecure.Gateway.Keys;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CorpSecure.Gateway.Ops;

public static class OpsModule
{
    public static IServiceCollection AddOps(this IServiceCollection services, string connectionString)
    {
        services.AddPooledDbContextFactory<OpsContext>(options => options.UseNpgsql(
            new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "corpsecure-ops", Timeout = 3, CommandTimeout = 15, MaxPoolSize = 10 }.ToString(),
            npgsql => npgsql.ConfigureDataSource(source => source.Name = "ops").EnableRetryOnFailure(2, TimeSpan.FromSeconds(1), null))); // after an outage the pool still holds dead connections
        services.AddSingleton<DecisionQueries>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<Draining>();
        services.AddHostedService(provider => provider.GetRequiredService<Draining>());
        services.AddSingleton<IValidator<DecisionQuery>, DecisionQueryValidator>();
        return services;
    }

    public static void UseOps(this IApplicationBuilder app)
    {
        app.UseMiddleware<OpsRecords>();
        app.Use(ExplainAsync);
        app.UseRouting();
        app.UseEndpoints(endpoints =>
        {
            endpoints.MapDecisions();
            endpoints.MapKeys();
        });
    }

    /// <summary>What binding and routing refuse without a word gets one.</summary>
    private static async Task ExplainAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response is not { HasStarted: false, ContentType: null })
            return;
        if (context.Response.StatusCode == StatusCodes.Status404NotFound)
            await OpsProblems.NotFound().ExecuteAsync(context);
        else if (context.Response.StatusCode == StatusCodes.Status400BadRequest)
            await OpsProblems.BadQuery("a value has the wrong form").ExecuteAsync(context);
    }
}
