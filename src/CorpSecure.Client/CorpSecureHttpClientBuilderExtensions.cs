using CorpSecure.Client.Digests;
using CorpSecure.Client.Idempotency;
using CorpSecure.Client.Signatures;
using CorpSecure.Client.Tokens;
using CorpSecure.Client.Trust;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CorpSecure.Client;

/// <summary>One line turns a named or typed <see cref="HttpClient"/> into a client of the gateway.</summary>
public static class CorpSecureHttpClientBuilderExtensions
{
    /// <summary>
    /// Adds access token, content digest, idempotency key and message signature to the client's requests, and one repeat
    /// when the gateway finds this machine's clock wrong. Call it after other handlers are added: what changes a request
    /// must come before what signs it.
    /// </summary>
    /// <param name="builder">The client.</param>
    /// <param name="configure">Sets the options.</param>
    /// <exception cref="OptionsValidationException">Thrown when the client is first made and the options are wrong.</exception>
    public static IHttpClientBuilder AddCorpSecure(this IHttpClientBuilder builder, Action<CorpSecureOptions> configure) =>
        builder.AddCorpSecure((options, _) => configure(options));

    /// <summary>As the other overload, with services at hand.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configure">Sets the options.</param>
    public static IHttpClientBuilder AddCorpSecure(
        this IHttpClientBuilder builder, Action<CorpSecureOptions, IServiceProvider> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var name = builder.Name;
        builder.Services.AddOptions<CorpSecureOptions>(name).Configure(configure);
        builder.Services.AddSingleton<IValidateOptions<CorpSecureOptions>>(new CorpSecureOptionsCheck(name));
        // Handlers are renewed every few minutes; what was learnt about the clock stays.
        builder.Services.AddKeyedSingleton(name, (services, _) =>
            new GatewayClock(Options(services, name).TimeProvider ?? services.GetService<TimeProvider>() ?? TimeProvider.System));

        builder.ConfigureHttpClient((services, http) => http.BaseAddress ??= Options(services, name).Gateway);
        builder.ConfigurePrimaryHttpMessageHandler(services => GatewayTransport.Create(Options(services, name).CaFile));
        builder.Services.PostConfigure<HttpClientFactoryOptions>(name, factory =>
            factory.HttpMessageHandlerBuilderActions.Add(handlers => CredentialedRedirects.Forbid(handlers.PrimaryHandler)));

        return builder
            // Outermost: nothing is read, made or signed for another origin.
            .AddHttpMessageHandler(services => new GatewayOriginHandler(Options(services, name).Gateway!))
            .AddHttpMessageHandler(() => new IdempotencyKeyHandler())
            .AddHttpMessageHandler(() => new ContentDigestHandler())
            // Inside this one is what a repeat does afresh; outside it what a repeat keeps.
            .AddHttpMessageHandler(services => new ClockSkewHandler(Clock(services, name), Logger<ClockSkewHandler>(services)))
            .AddHttpMessageHandler(services => new AccessTokenHandler(Options(services, name).AccessToken!))
            .AddHttpMessageHandler(services => new MessageSigningHandler(
                Options(services, name), Clock(services, name), Logger<MessageSigningHandler>(services)));
    }

    private static CorpSecureOptions Options(IServiceProvider services, string name) =>
        services.GetRequiredService<IOptionsMonitor<CorpSecureOptions>>().Get(name);

    private static GatewayClock Clock(IServiceProvider services, string name) =>
        services.GetRequiredKeyedService<GatewayClock>(name);

    private static ILogger<T> Logger<T>(IServiceProvider services) => services.GetRequiredService<ILogger<T>>();
}
