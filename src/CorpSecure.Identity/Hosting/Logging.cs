using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace CorpSecure.Identity.Hosting;

/// <summary>Frameworks speak from warnings up: their informational lines repeat requests, and those hold names and codes.</summary>
public static class Logging
{
    public static IServiceCollection AddIdentityLogging(this IServiceCollection services) =>
        services.AddSerilog(logger =>
        {
            logger.MinimumLevel.Information()
                .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                .MinimumLevel.Override("System", LogEventLevel.Warning)
                .MinimumLevel.Override("OpenIddict", LogEventLevel.Warning)
                .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
                .Enrich.FromLogContext()
                .Enrich.With<WithoutRequestPath>();
            if (Console.IsOutputRedirected)
                logger.WriteTo.Console(new RenderedCompactJsonFormatter());
            else
                logger.WriteTo.Console();
        });
}
