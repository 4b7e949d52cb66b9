using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CorpSecure.Gateway.Registry;

public static class RegistryModule
{
    public static IServiceCollection AddRegistry(this IServiceCollection services, string connectionString)
    {
        services.AddPooledDbContextFactory<RegistryContext>(options => options.UseNpgsql(
            new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "corpsecure-registry", Timeout = 2, CommandTimeout = 3 }.ToString(),
            npgsql => npgsql.ConfigureDataSource(source => source.Name = "registry")));
        services.AddSingleton<RegistryFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<RegistryFeed>());
        return services;
    }
}
