using System.Globalization;
using System.Security.Cryptography;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;
using CorpSecure.Gateway.Certificates;
using CorpSecure.Gateway.Decisions;
using CorpSecure.Gateway.Dpop;
using CorpSecure.Gateway.Enforcement;
using CorpSecure.Gateway.Forwarding;
using CorpSecure.Gateway.Issuers;
using CorpSecure.Gateway.Keys;
using CorpSecure.Gateway.Logs;
using CorpSecure.Gateway.Ops;
using CorpSecure.Gateway.Own;
using CorpSecure.Gateway.Policies;
using CorpSecure.Gateway.RateLimits;
using CorpSecure.Gateway.Registry;
using CorpSecure.Gateway.Telemetry;
using CorpSecure.Gateway.Tokens;
using CorpSecure.Ledger;
using CorpSecure.Ledger.Lanes;
using CorpSecure.Ledger.Schema;
using CorpSecure.Ledger.Sealing;
using Npgsql;

namespace CorpSecure.Gateway.Hosting;

/// <summary>Puts the parts together; the tests start the same host.</summary>
public static class GatewayHost
{
    /// <exception cref="StartRefusedException">With every fault; nothing listens.</exception>
    public static async Task<WebApplication> BuildAsync(string[] args, Action<IServiceCollection>? replace = null)
    {
        var (builder, settings) = ReadSettings(args);
        var (policy, text) = PolicyLoader.Load(settings.Gateway.PolicyFile);

        builder.AddLogs(settings, SettingsLoader.ConfigFile(args));
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listeners.Configure(kestrel, settings));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.Gateway.DrainDelay + Draining.LastRequests);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(settings);
        builder.Services.AddRouting();
        builder.Services.AddCertificates();
        builder.Services.AddTelemetry(settings);
        AddLedger(builder.Services, settings);
        builder.Services.AddRegistry(settings.Database.ConnectionString);
        builder.Services.AddDpop(settings.Dpop);
        builder.Services.AddTokens(settings.Issuers);
        builder.Services.AddIssuers();
        builder.Services.AddEnforcement(policy, settings);
        builder.Services.AddRateLimits(settings);
        builder.Services.AddDecisions();
        builder.Services.AddKeys();
        builder.Services.AddForwarding(settings);
        builder.Services.AddOps(settings.Database.ConnectionString);
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        await PrepareDatabaseAsync(app.Services, policy, text);
        UseListeners(app, settings);
        return app;
    }

    /// <summary>The whole way from arguments to good settings, for the start and for the check.</summary>
    /// <exception cref="StartRefusedException">With every fault.</exception>
    public static (WebApplicationBuilder Builder, GatewaySettings Settings) ReadSettings(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.AddConfigFile(args);
        return (builder, SettingsLoader.Load(builder.Configuration));
    }

    private static void AddLedger(IServiceCollection services, GatewaySettings settings)
    {
        try
        {
            services.AddLedger(settings.LedgerOptions);
        }
        catch (Exception error) when (error is CryptographicException or IOException)
        {
            throw new StartRefusedException($"Ledger:MasterKeyFile: {error.Message}");
        }
    }

    private static async Task PrepareDatabaseAsync(IServiceProvider services, Policy policy, string text)
    {
        var database = services.GetRequiredService<LedgerDatabase>();
        services.GetRequiredService<PartitionKeeper>().Parents.Add("decisions.nonces");
        try
        {
            var faults = await DurabilityCheck.FaultsAsync(database.Source, CancellationToken.None);
            if (faults.Count > 0)
                throw new StartRefusedException([.. faults]);
            await PolicyArchive.StoreAsync(database, policy, text, CancellationToken.None);
            await services.GetRequiredService<SubjectVault>().ForAsync("bank", "start", CancellationToken.None);
        }
        catch (CryptographicException)
        {
            throw new StartRefusedException("Ledger:MasterKeyFile: not the key that this database's keys are wrapped with");
        }
        catch (NpgsqlException error)
        {
            throw new StartRefusedException($"Database:ConnectionString: {error.Message}{(error is PostgresException { SqlState: "42P01" or "3F000" } ? " (has 'migrate' been run?)" : "")}");
        }
    }

    /// <summary>The port decides which door it is; what belongs to neither does not exist.</summary>
    private static void UseListeners(WebApplication app, GatewaySettings settings)
    {
        var ports = new ListenerPorts(app, settings);
        app.MapWhen(context => ports.IsOf(context, Listener.Api), api =>
        {
            api.UseEnforcement(Listener.Api);
            api.UseOwnEndpoints();
            api.UseForwarding();
        });
        app.MapWhen(context => ports.IsOf(context, Listener.Ops), ops =>
        {
            ops.UseHealth();
            ops.UseMetrics();
            ops.UseEnforcement(Listener.Ops);
            ops.UseOps();
        });
    }
}
