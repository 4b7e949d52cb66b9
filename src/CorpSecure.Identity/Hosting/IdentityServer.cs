using CorpSecure.Identity.Audit;
using CorpSecure.Identity.Mtls;
using CorpSecure.Identity.Pages;
using CorpSecure.Identity.Sessions;
using CorpSecure.Identity.Storage;
using CorpSecure.Identity.Tokens;
using CorpSecure.Identity.Users;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CorpSecure.Identity.Hosting;

/// <summary>Composes one realm's server. The caller starts it, tests as well as the program.</summary>
public static partial class IdentityServer
{
    public static WebApplication Build(IdentitySettings settings, TimeProvider clock)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(IdentityServer).Assembly.GetName().Name, // pages are found here, whoever hosts
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            settings.Listener.Apply(kestrel);
            if (settings.Mtls is { } mtls)
                MtlsListener.Apply(kestrel, mtls);
        });
        builder.Services.AddRouting();
        builder.Services.AddIdentityLogging();
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(typeof(Realm), settings.Realm);
        builder.Services.AddIdentityStore(settings.Realm, settings.ConnectionString);
        builder.Services.AddStoredDataProtection(settings.Realm, settings.Keys);
        builder.Services.AddUsers(settings.Keys, settings.Limits);
        builder.Services.AddSessions(settings.Realm, settings.Limits);
        builder.Services.AddTokens(settings);
        builder.Services.AddPages(settings.Realm);
        builder.Services.AddAddressLimits(settings.Limits);
        builder.Services.AddHealthChecks().AddCheck<StoreHealth>("store");
        SignInLedger.AddTo(builder.Services, settings.Ledger);
        return Pipeline(builder.Build());
    }

    // Headers first, so that errors and refusals carry them too; limits before anything that costs.
    private static WebApplication Pipeline(WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseMtlsPathsOnly();
        app.UseRateLimiter();
        app.UseExceptionHandler("/error");
        app.UseSecurityHeaders(); // again: the exception handler clears what was set
        app.UseRouting();
        app.UseAuthentication();
        app.MapPages();
        app.MapTokens();
        app.MapSessions();
        app.MapHealthChecks("/health");
        app.Lifetime.ApplicationStarted.Register(() => AnnounceListening(app));
        return app;
    }

    private static void AnnounceListening(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        LogListening(app.Logger, string.Join(", ", addresses));
    }

    [LoggerMessage(3001, LogLevel.Information, "Listening on {Addresses}")]
    private static partial void LogListening(ILogger logger, string addresses);
}
