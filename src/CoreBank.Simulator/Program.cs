using CoreBank.Simulator.Hosting;
using CorpSecure.Health;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;

if (args is [HealthCommand.Verb, ..])
    return await HealthCommand.RunAsync(args, Console.Error);

await using var logger = CreateLogger();
using var loggers = new SerilogLoggerFactory(logger);
try
{
    await using var host = await SimulatorHost.StartAsync(SimulatorConfiguration.Read(args), loggers: loggers);
    await host.WaitForShutdownAsync(CancellationToken.None);
    return 0;
}
catch (ConfigurationFaultsException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return ConfigurationFaultsException.ExitCode;
}

static Serilog.Core.Logger CreateLogger()
{
    var configuration = new LoggerConfiguration()
        .Enrich.With<WithoutRequestPath>()
        .MinimumLevel.Information()
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning);
    // A person reads a terminal, a program everything else.
    return (Console.IsOutputRedirected
        ? configuration.WriteTo.Console(new CompactJsonFormatter())
        : configuration.WriteTo.Console(formatProvider: null)).CreateLogger();
}
