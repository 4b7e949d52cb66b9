using System.Net;
using CoreBank.Simulator.Accounts;
using CoreBank.Simulator.Assertions;
using CoreBank.Simulator.Control;
using CoreBank.Simulator.Payees;
using CoreBank.Simulator.Payments;
using CoreBank.Simulator.Seed;
using CoreBank.Simulator.Transactions;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoreBank.Simulator.Hosting;

/// <summary>
/// A running core: two applications, so that a control route cannot be reached through the main listener by any mistake in
/// routing. Tests host it in their own process, on port 0.
/// </summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private static readonly TimeSpan s_shutdown = TimeSpan.FromSeconds(3);

    private readonly WebApplication _main;
    private readonly WebApplication _control;
    private readonly ILogger _logger;
    private bool _disposed;

    private SimulatorHost(WebApplication main, WebApplication control, CallLog calls, FaultPlan faults, ILogger logger) =>
        (_main, _control, Calls, Faults, _logger) = (main, control, calls, faults, logger);

    /// <summary>Of the core API; its host is <c>localhost</c>.</summary>
    public Uri Address => AddressOf(_main);

    public Uri ControlAddress => AddressOf(_control);

    /// <summary>What reached the core.</summary>
    public CallLog Calls { get; }

    /// <summary>What is to go wrong.</summary>
    public FaultPlan Faults { get; }

    /// <exception cref="ConfigurationFaultsException">The options cannot be started with; nothing listens.</exception>
    public static async Task<SimulatorHost> StartAsync(SimulatorOptions options, TimeProvider? time = null, ILoggerFactory? loggers = null)
    {
        var material = StartMaterial.Load(options);
        time ??= TimeProvider.System;
        loggers ??= NullLoggerFactory.Instance;
        var faults = new FaultPlan();
        var main = BuildMain(options, material, faults, time, loggers);
        var control = BuildControl(options, material, faults, loggers);
        var host = new SimulatorHost(main, control, material.Calls, faults, loggers.CreateLogger<SimulatorHost>());
        try
        {
            await ListenAsync(control, "Control");
            await ListenAsync(main, "Listener");
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
        host._logger.Listening(host.Address, host.ControlAddress);
        return host;
    }

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _main.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        await StopAsync(_main);
        await StopAsync(_control);
        await _main.DisposeAsync();
        await _control.DisposeAsync();
        Calls.Dispose();
        _logger.Stopped();
    }

    private static WebApplication BuildMain(
        SimulatorOptions options, StartMaterial material, FaultPlan faults, TimeProvider time, ILoggerFactory loggers)
    {
        var app = Build(loggers, material, material.Address, options.Listener.Port, requireClientCertificate: true);
        var logger = loggers.CreateLogger<SimulatorHost>();
        var verifier = new AssertionVerifier(material.AssertionKeys, options.Assertion.Issuer, options.Assertion.Audience, time);
        var calls = new CallMiddleware(verifier, BookSeed.Create(), material.Calls, faults, new MishapPerformer(time, logger), time, logger);

        app.UseUnexpectedFaults(logger);
        app.UseRouting();
        app.Use(next => context => calls.InvokeAsync(context, next));
        app.MapHealth();
        app.MapAccounts();
        app.MapTransactions();
        app.MapPayees();
        app.MapPayments(new PaymentDesk(time));
        app.MapFallback(context => context.WriteAsync(Problems.UnknownRoute));
        return app;
    }

    private static WebApplication BuildControl(SimulatorOptions options, StartMaterial material, FaultPlan faults, ILoggerFactory loggers)
    {
        var app = Build(loggers, material, material.ControlAddress, options.Control.Port, requireClientCertificate: false);
        app.UseUnexpectedFaults(loggers.CreateLogger<SimulatorHost>());
        app.UseLiveness();
        app.UseControlToken(new ControlToken(options.Control.Token));
        app.UseRouting();
        app.MapControl(material.Calls, faults);
        app.MapFallback(context => context.WriteAsync(Problems.UnknownRoute));
        return app;
    }

    private static WebApplication Build(ILoggerFactory loggers, StartMaterial material, IPAddress address, int port, bool requireClientCertificate)
    {
        // Empty: no files, environment variables or default addresses beside the options.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = s_shutdown);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = ReceivedBody.Longest;
            kestrel.Listen(address, port, listen => listen.UseTls(material, requireClientCertificate));
        });
        return builder.Build();
    }

    private static async Task ListenAsync(WebApplication app, string section)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException exception)
        {
            throw new ConfigurationFaultsException([$"{section}: {exception.Message}"]);
        }
    }

    private static async Task StopAsync(WebApplication app)
    {
        if (app.Lifetime.ApplicationStarted.IsCancellationRequested)
            await app.StopAsync();
    }

    private static Uri AddressOf(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        return new UriBuilder(addresses.Single()) { Host = "localhost" }.Uri;
    }
}
