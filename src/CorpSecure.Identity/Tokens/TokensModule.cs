using CorpSecure.Identity.Consent;
using CorpSecure.Identity.Dpop;
using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Mtls;
using CorpSecure.Identity.Outages;
using CorpSecure.Identity.PushedRequests;
using CorpSecure.Identity.Revocation;
using CorpSecure.Identity.Rotation;
using CorpSecure.Identity.Sessions;
using CorpSecure.Identity.Storage;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CorpSecure.Identity.Tokens;

/// <summary>The authorization server: FAPI 2.0's grants and client authentication, and nothing older.</summary>
public static class TokensModule
{
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromSeconds(60);

    public static IServiceCollection AddTokens(this IServiceCollection services, IdentitySettings settings)
    {
        services.AddSingleton(new ApiScope(settings.Scope, settings.Audience, settings.Issuer.AbsoluteUri));
        services.AddSingleton<TokenClaims>();
        services.AddScoped<TokenEndpoint>();
        services.AddHttpContextAccessor();
        services.AddHostedService<ExpiryKeeper>();
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<IdentityStore>())
            .AddServer(server => Configure(server, settings));
        return services;
    }

    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(AuthorizeEndpoint.Path, AuthorizeEndpoint.HandleAsync);
        routes.MapPost(TokenEndpoint.Path, TokenEndpoint.HandleAsync);
    }

    private static void Configure(OpenIddictServerBuilder server, IdentitySettings settings)
    {
        server.SetIssuer(settings.Issuer)
            .SetAuthorizationEndpointUris(AuthorizeEndpoint.Path.TrimStart('/'))
            .SetTokenEndpointUris(TokenEndpoint.Path.TrimStart('/'))
            .AllowAuthorizationCodeFlow()
            .AllowRefreshTokenFlow()
            .AllowClientCredentialsFlow()
            .RequireProofKeyForCodeExchange()
            .RegisterScopes(settings.Scope, SessionScope.Name)
            .SetAuthorizationCodeLifetime(CodeLifetime)
            .SetAccessTokenLifetime(settings.AccessTokenLifetime)
            .SetIdentityTokenLifetime(settings.AccessTokenLifetime)
            // What ends a refresh token sooner is its session, which every refresh asks.
            .SetRefreshTokenLifetime(settings.Limits.AbsoluteSession)
            .DisableRollingRefreshTokens()
            .DisableAccessTokenEncryption();
        server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough();
        server.Services.PostConfigure<OpenIddictServerOptions>(RemoveWhatIsOlder); // the host integration adds methods of its own

        server.AddPushedRequests();
        server.AddDpop(settings);
        server.AddConsent();
        ClientAssertionRules.Add(server);
        TokenBinding.Add(server);
        TokenClaims.Add(server);
        TokenAudit.Add(server);
        Announcement.Add(server);
        RepeatedParameters.Add(server);
        UniformRefusal.Add(server);
        SessionScope.Add(server, settings);
        RevocationModule.Add(server);
        OutagesModule.Add(server);
        MtlsModule.Add(server, settings);
        RotationModule.Add(server, settings);
    }

    private static void RemoveWhatIsOlder(OpenIddictServerOptions options)
    {
        options.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain);
        options.ClientAuthenticationMethods.RemoveWhere(method => method is not (ClientAuthenticationMethods.PrivateKeyJwt or ClientAuthenticationMethods.TlsClientAuth));
        options.ResponseModes.RemoveWhere(mode => mode != ResponseModes.Query);
    }
}
