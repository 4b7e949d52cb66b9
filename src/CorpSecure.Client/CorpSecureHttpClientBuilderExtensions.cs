using CorpSecure.Client.Digests;
using CorpSecure.Client.Dpop;
using CorpSecure.Client.Idempotency;
using CorpSecure.Client.Signatures;
using CorpSecure.Client.StepUp;
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
    /// Adds access token with its proof, content digest, idempotency key and message signature to the client's requests; and one repeat
    /// each where the gateway wants its nonce, finds this machine's clock wrong, or asks for a stronger sign-in. Call it after other handlers are added: what changes a request
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
        // Handlers are renewed every few minutes; what was learnt about clock and nonces stays.
        builder.Services.AddKeyedSingleton(name, (services, _) =>
            new GatewayClock(Options(services, name).TimeProvider ?? services.GetService<TimeProvider>() ?? TimeProvider.System));
        builder.Services.AddKeyedSingleton(name, (services, _) =>
            new GatewayProofs(Options(services, name).DpopKey is { } key ? new DpopProver(key, () => Clock(services, name).Now) : null));

        builder.ConfigureHttpClient((services, http) => http.BaseAddress ??= Options(services, name).Gateway);
        builder.ConfigurePrimaryHttpMessageHandler(services => GatewayTransport.Create(Options(services, name).CaFile, Options(services, name).ClientCertificate));
        builder.Services.PostConfigure<HttpClientFactoryOptions>(name, factory =>
            factory.HttpMessageHandlerBuilderActions.Add(handlers => CredentialedRedirects.Forbid(handlers.PrimaryHandler)));

        return builder
            // Outermost: nothing is read, made or signed for another origin.
            .AddHttpMessageHandler(services => new GatewayOriginHandler(Options(services, name).Gateway!))
            .AddHttpMessageHandler(() => new IdempotencyKeyHandler())
            .AddHttpMessageHandler(() => new ContentDigestHandler())
            // Inside this one is what a repeat does afresh; outside it what a repeat keeps.
            .AddHttpMessageHandler(services => new StepUpHandler(Options(services, name).StepUp, Logger<StepUpHandler>(services)))
            .AddHttpMessageHandler(services => new ClockSkewHandler(Clock(services, name), Logger<ClockSkewHandler>(services)))
            .AddHttpMessageHandler(services => new AccessTokenHandler(
                Options(services, name).AccessToken!, isBoundToKey: Options(services, name).DpopKey is not null))
            .AddHttpMessageHandler(services => new DpopHandler(
                services.GetRequiredKeyedService<GatewayProofs>(name).Prover, Logger<DpopHandler>(services)))
            .AddHttpMessageHandler(services => new MessageSigningHandler(
                Options(services, name), Clock(services, name), Logger<MessageSigningHandler>(services)));
    }

    private static CorpSecureOptions Options(IServiceProvider services, string name) =>
        services.GetRequiredService<IOptionsMonitor<CorpSecureOptions>>().Get(name);

    private static GatewayClock Clock(IServiceProvider services, string name) =>
        services.GetRequiredKeyedService<GatewayClock>(name);

    private sealed record GatewayProofs(DpopProver? Prover);

    private static ILogger<T> Logger<T>(IServiceProvider services) => services.GetRequiredService<ILogger<T>>();
}
