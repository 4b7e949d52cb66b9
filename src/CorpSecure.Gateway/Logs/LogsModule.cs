using System.Text.Json;
using CorpSecure.Gateway.Certificates;
using CorpSecure.Gateway.Hosting;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace CorpSecure.Gateway.Logs;

/// <summary>JSON lines on standard output: decision ids, reason codes, trace ids; nothing of a person or an account.</summary>
public static class LogsModule
{
    public static void AddLogs(this WebApplicationBuilder builder, GatewaySettings settings, string? configFile)
    {
        var level = new LoggingLevelSwitch(settings.Logging.Level);
        builder.Host.UseSerilog((_, log) => log
            .MinimumLevel.ControlledBy(level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
            .MinimumLevel.Override("OpenTelemetry", LogEventLevel.Warning)
            .MinimumLevel.Override("Yarp", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .Enrich.With<RequestEnricher>()
            .WriteTo.Console(new PlainSpokenFormatter()));
        if (configFile is not null)
            builder.Services.AddSingleton<Watched>(LevelOf(Path.GetFullPath(configFile), level));
    }

    private static Watched<object> LevelOf(string configFile, LoggingLevelSwitch level) => new("log-level", [configFile], texts =>
    {
        var read = new ConfigurationBuilder().AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(texts[0]))).Build()["Logging:Level"];
        if (read is not null)
            level.MinimumLevel = Enum.TryParse<LogEventLevel>(read, ignoreCase: true, out var wanted) ? wanted : throw new FormatException("Logging:Level is none");
        return level;
    });
}
